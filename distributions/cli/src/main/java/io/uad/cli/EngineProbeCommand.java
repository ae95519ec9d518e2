package io.uad.cli;

import io.uad.api.engine.DeviceInfo;
import io.uad.api.engine.Engine;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.plugin.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad engines probe}: starts an engine and says what it is; for {@link EngineInventory}, in a JVM of its own. */
@Command(name = "probe", hidden = true, description = "Start an engine and print what it is as JSON.")
final class EngineProbeCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "The engine.")
    private String name = "";

    EngineProbeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var layers = List.of(
                ConfigLayer.assignment("probe", "dataset.path", "."),
                ConfigLayer.assignment("probe", "engine.plugin", name));
        var config = environment.reader().read(layers).component(Stage.ENGINE);
        try (var engine = config.create(Engine.class)) {
            var is = engine.capabilities();
            var values = new LinkedHashMap<String, Object>();
            values.put("library", is.library());
            values.put("device", is.device());
            values.put("why this device", is.deviceReason());
            values.put("threads", is.threads());
            values.put("precision", is.precision().toString());
            values.put(
                    "capabilities",
                    is.capabilities().stream()
                            .map(EngineProbeCommand::kebab)
                            .sorted()
                            .toList());
            var devices = new ArrayList<Map<String, Object>>();
            is.devices().forEach(device -> devices.add(values(device)));
            values.put("devices", devices);
            Json.print(spec.commandLine().getOut(), values);
        }
        return 0;
    }

    private static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Object> values(DeviceInfo device) {
        var values = new LinkedHashMap<String, Object>();
        values.put("name", device.name());
        values.put("description", device.description());
        values.put("memoryBytes", device.memoryBytes());
        values.put("freeBytes", device.freeBytes());
        return values;
    }
}
