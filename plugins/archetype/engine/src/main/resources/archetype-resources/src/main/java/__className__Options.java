package ${package};

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code engine: {plugin: ${name}, device: auto, threads: auto}}. */
public record ${className}Options(
        @Option(defaultValue = "auto", description = "auto or cpu, there is no other device")
        String device,

        @Option(
                defaultValue = "auto",
                min = 1,
                max = 1024,
                description = "threads that compute layers, auto is one per core; results are the same with any number")
        OptionalInt threads) {}
