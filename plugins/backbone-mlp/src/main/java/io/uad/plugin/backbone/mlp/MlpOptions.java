package io.uad.plugin.backbone.mlp;

import io.uad.api.Option;
import java.util.List;

/** {@code backbone: {plugin: mlp, hidden: [512, 256]}}. */
public record MlpOptions(
        @Option(
                defaultValue = "[512, 256]",
                min = 1,
                max = 65536,
                description = "width of each layer, fc1 first; the head sees the last one")
        List<Integer> hidden,

        @Option(
                defaultValue = "0",
                min = 0,
                max = 0.99,
                description = "probability of dropping a unit in front of each layer but the first")
        double dropout) {
    public MlpOptions {
        hidden = List.copyOf(hidden);
        if (hidden.isEmpty()) {
            throw new IllegalArgumentException("hidden must name one width or more, was []");
        }
    }
}
