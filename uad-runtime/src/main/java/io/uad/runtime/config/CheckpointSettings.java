package io.uad.runtime.config;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code checkpoint: {every-iterations: 25000, every-epochs: auto, keep: 3}}: when the run is written down. */
public record CheckpointSettings(
        @Option(
                defaultValue = "25000",
                min = 1,
                description = "steps between numbered checkpoints; one more is written after each epoch")
        int everyIterations,

        @Option(
                defaultValue = "auto",
                min = 1,
                description = "epochs between numbered checkpoints; auto numbers none of those after an epoch")
        OptionalInt everyEpochs,

        @Option(defaultValue = "3", min = 1, description = "numbered checkpoints that are kept, the newest")
        int keep) {}
