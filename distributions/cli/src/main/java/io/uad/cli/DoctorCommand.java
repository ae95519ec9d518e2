package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.runtime.Mebibytes;
import io.uad.runtime.Version;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.engine.GraphicsProcessors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uad doctor}: what this machine has, and whether each engine starts here. */
@Command(
        name = "doctor",
        description =
                "Say what this machine has: Java, cores, memory, engines with their devices, plugins. Exit code 5 if "
                        + "no engine can be started.",
        footerHeading = "%nExamples:%n",
        footer = {"  uad doctor", "  uad doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private static final String NOT_SET = "not set";

    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    DoctorCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var report = new LinkedHashMap<String, Object>();
        var machine = Machine.here();
        report.put("uad", Version.CURRENT);
        report.put("home", System.getProperty(PresetSource.HOME, NOT_SET));
        report.put("java", machine.java());
        report.put("system", machine.os() + ", " + machine.arch());
        report.put("cores", machine.cores());
        report.put("memory", Mebibytes.of(machine.memoryBytes()));
        report.put("java heap at most", Mebibytes.of(machine.heapBytes()) + " (UAD_OPTS=-Xmx... changes it)");
        report.put("gpus", new GraphicsProcessors().found());
        for (var variable : List.of("OMP_WAIT_POLICY", "UAD_OPTS")) {
            report.put(variable, System.getenv().getOrDefault(variable, NOT_SET));
        }
        report.put("presets", environment.presets().names());
        report.put(
                "plugins", environment.registry().components().size() + " components; 'uad plugins list' names them");
        report.put("plugins that failed", environment.registry().warnings());
        var engines = new LinkedHashMap<String, Object>();
        List<EngineInventory.Found> found;
        try (var folder = WorkFolder.open("doctor-")) {
            found = new EngineInventory(environment, folder.path()).engines();
        }
        found.forEach(engine -> engines.put(engine.component().name(), json ? engine.values() : engine.forPeople()));
        report.put("engines", engines);
        if (json) {
            Json.print(spec.commandLine().getOut(), report);
        } else {
            Nested.print(spec.commandLine().getOut(), report, "");
        }
        return found.stream().anyMatch(EngineInventory.Found::works) ? 0 : ErrorKind.RESOURCE.exitCode();
    }
}
