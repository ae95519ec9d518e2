package io.uad.plugin.listener.jsonl;

import io.uad.api.Option;

/** {@code listener: [{plugin: jsonl, every-steps: 10}]}. */
public record JsonlOptions(
        @Option(
                defaultValue = "10",
                min = 1,
                max = Integer.MAX_VALUE,
                description = "a line in metrics.jsonl for every training step whose iteration this number divides")
        int everySteps) {}
