package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.NamedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad dataset info}. */
@Command(
        name = "info",
        description =
                "Say how many images and classes a dataset has and, of a packed file, what it is a copy of and whether "
                        + "that has changed.",
        footerHeading = "%nExamples:%n",
        footer = {"  uad dataset info photos.uadpack", "  uad dataset info photos/ --json"})
final class DatasetInfoCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "A packed file, or a folder of images.")
    private Path data = Path.of("");

    @Mixin
    private SetFlags assignments = new SetFlags();

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    DatasetInfoCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var values = new LinkedHashMap<String, Object>();
        Dataset dataset;
        try {
            dataset = open(List.of());
        } catch (UadException e) {
            if (!NamedData.isPacked(data) || e.kind() != ErrorKind.DATA) {
                throw e;
            }
            dataset = open(List.of(ConfigLayer.assignment("the command", "dataset.check", "never")));
            values.put("stale", String.valueOf(e.getMessage()));
        }
        describe(dataset, values);
        if (json) {
            Json.print(spec.commandLine().getOut(), values);
        } else {
            print(values);
        }
        return 0;
    }

    private Dataset open(List<ConfigLayer> more) {
        var layers = new ArrayList<>(NamedData.layers("FILE", data, List.of()));
        layers.addAll(more);
        layers.add(assignments.assignments());
        return environment.reader().read(layers).dataset().create(Dataset.class);
    }

    private void describe(Dataset dataset, Map<String, Object> values) {
        var summary = dataset.summary();
        values.put("samples", dataset.size());
        values.put("classes", summary.classes());
        values.put("ignored-files", summary.ignoredFiles());
        if (Files.isRegularFile(data)) {
            values.put("bytes", data.toFile().length());
        }
        values.put("fingerprint", summary.fingerprint());
        values.putAll(summary.details());
    }

    private void print(Map<String, Object> values) {
        var out = spec.commandLine().getOut();
        values.forEach((name, value) -> {
            var text = value instanceof List<?> list ? Integer.toString(list.size()) : value.toString();
            out.println(name + ": " + text);
        });
        out.flush();
    }
}
