package io.uad.cli;

import io.uad.api.ErrorKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uad engines list}. */
@Command(
        name = "list",
        description =
                "List the engines with the libraries and devices that they find here, or why they cannot be started. Exit "
                        + "code 5 if none can.",
        footerHeading = "%nExamples:%n",
        footer = {"  uad engines list", "  uad engines list --json"})
final class EngineListCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    EngineListCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<EngineInventory.Found> engines;
        try (var folder = WorkFolder.open("engines-list-")) {
            engines = new EngineInventory(environment, folder.path()).engines();
        }
        var out = spec.commandLine().getOut();
        if (json) {
            var list = new ArrayList<Map<String, Object>>();
            for (var engine : engines) {
                var values = new LinkedHashMap<String, Object>();
                values.put("name", engine.component().name());
                values.putAll(engine.values());
                list.add(values);
            }
            Json.print(out, list);
        } else {
            for (var engine : engines) {
                out.println(
                        engine.component().name() + ": " + engine.component().description());
                Nested.print(out, engine.forPeople(), "  ");
            }
            out.flush();
        }
        return engines.stream().anyMatch(EngineInventory.Found::works) ? 0 : ErrorKind.RESOURCE.exitCode();
    }
}
