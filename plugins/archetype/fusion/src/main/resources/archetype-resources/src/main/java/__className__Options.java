package ${package};

import io.uad.api.Option;

/** {@code fusion: {plugin: ${name}, low: conv1, high: fc7}}. */
public record ${className}Options(
        @Option(defaultValue = "auto", description = "tap of the low-level features; auto takes the network's first")
        String low,

        @Option(defaultValue = "auto", description = "tap of the high-level features; auto takes the network's last")
        String high) {
    /** The word that leaves the choice to the plugin. */
    static final String AUTO = "auto";
}
