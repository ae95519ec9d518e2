package ${package};

import io.uad.api.Option;

/** {@code listener: [console, {plugin: ${name}, separator: ","}]}. */
public record ${className}Options(
        @Option(defaultValue = ",", description = "what stands between two columns, such as a semicolon")
        String separator) {
    public ${className}Options {
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("separator must not be empty");
        }
    }
}
