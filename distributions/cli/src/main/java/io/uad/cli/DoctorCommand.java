package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.engine.Engine;
import io.uad.runtime.Version;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        report.put("memory", mebibytes(machine.memoryBytes()));
        report.put("java heap at most", mebibytes(machine.heapBytes()) + " (UAD_OPTS=-Xmx... changes it)");
        for (var variable : List.of("OMP_WAIT_POLICY", "UAD_OPTS")) {
            report.put(variable, System.getenv().getOrDefault(variable, NOT_SET));
        }
        report.put("presets", environment.presets().names());
        report.put(
                "plugins", environment.registry().components().size() + " components; 'uad plugins list' names them");
        report.put("plugins that failed", environment.registry().warnings());
        var engines = new LinkedHashMap<String, Object>();
        var working = 0;
        for (var component : environment.registry().components(Stage.ENGINE)) {
            var found = start(component);
            engines.put(component.name(), found.values());
            working += found.works() ? 1 : 0;
        }
        report.put("engines", engines);
        if (json) {
            Json.print(spec.commandLine().getOut(), report);
        } else {
            print(report, "");
        }
        return working > 0 ? 0 : ErrorKind.RESOURCE.exitCode();
    }

    private record Found(boolean works, Map<String, Object> values) {}

    private Found start(RegisteredComponent component) {
        var values = new LinkedHashMap<String, Object>();
        values.put("version", component.version());
        try (var engine = component.create(Engine.class, defaults(component))) {
            var capabilities = engine.capabilities();
            values.put("library", capabilities.library());
            values.put("device", capabilities.device());
            values.put("why this device", capabilities.deviceReason());
            values.put("threads", capabilities.threads());
            return new Found(true, values);
        } catch (UadException e) {
            values.put("cannot be started", String.valueOf(e.getMessage()));
            return new Found(false, values);
        }
    }

    private Options defaults(RegisteredComponent component) {
        var layers = List.of(
                ConfigLayer.assignment("doctor", "dataset.path", "."),
                ConfigLayer.assignment("doctor", "engine.plugin", component.name()));
        return environment.reader().read(layers).engine().options();
    }

    private void print(Map<?, ?> values, String indent) {
        var out = spec.commandLine().getOut();
        values.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                out.println(indent + name + ":");
                print(nested, indent + "  ");
            } else if (value instanceof List<?> list) {
                out.println(indent + name + ": "
                        + (list.isEmpty()
                                ? "none"
                                : String.join(
                                        ", ", list.stream().map(String::valueOf).toList())));
            } else {
                out.println(indent + name + ": " + value);
            }
        });
        out.flush();
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
