package ${package};

import io.uad.api.Option;

/** {@code listener: [console, {plugin: ${name}, separator: ","}]}. */
public record ${className}Options(
        @Option(defaultValue = ",", description = "what stands between two columns") String separator) {}
