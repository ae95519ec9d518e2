package io.uad.cli;

import io.uad.runtime.Mebibytes;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which engines there are, and whether each starts on this machine; each is tried in a JVM of its own. */
final class EngineInventory {
    private final Environment environment;
    private final Path folder;

    /** @param folder for what the JVMs print */
    EngineInventory(Environment environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /**
     * An engine.
     *
     * @param component whose it is
     * @param works whether it starts
     * @param values what it says of itself, or why it cannot be started
     */
    record Found(RegisteredComponent component, boolean works, Map<String, Object> values) {
        /** The same with a line for each device. */
        Map<String, Object> forPeople() {
            var lines = new LinkedHashMap<>(values);
            if (values.get("devices") instanceof List<?> devices) {
                lines.put("devices", devices.stream().map(Found::line).toList());
            }
            return lines;
        }

        private static String line(Object device) {
            if (!(device instanceof Map<?, ?> values)) {
                return String.valueOf(device);
            }
            var description = String.valueOf(values.get("description"));
            var memory = values.get("memoryBytes") instanceof Number all
                            && values.get("freeBytes") instanceof Number free
                            && all.longValue() > 0
                    ? " with " + Mebibytes.of(all.longValue()) + ", " + Mebibytes.of(free.longValue()) + " of it free"
                    : "";
            return values.get("name") + (description.isEmpty() ? "" : " (" + description + ")") + memory;
        }
    }

    List<Found> engines() {
        var found = new ArrayList<Found>();
        for (var component : environment.registry().components(Stage.ENGINE)) {
            found.add(probe(component));
        }
        return found;
    }

    private Found probe(RegisteredComponent component) {
        var values = new LinkedHashMap<String, Object>();
        values.put("version", component.version());
        var process = new OwnProcess(environment, folder);
        OwnProcess.Ended ended;
        try (var work = environment.interruption().during(process::stop)) {
            ended = process.run(List.of("engines", "probe", component.name()));
        }
        if (ended.isGood()) {
            values.putAll(Json.map(ended.out()));
        } else {
            values.put("cannot be started", ended.reason());
        }
        return new Found(component, ended.isGood(), values);
    }
}
