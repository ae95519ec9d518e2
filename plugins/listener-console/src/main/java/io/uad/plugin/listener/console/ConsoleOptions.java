package io.uad.plugin.listener.console;

import io.uad.api.Option;

/** {@code listener: [{plugin: console, every-seconds: 10}]}. */
public record ConsoleOptions(
        @Option(
                defaultValue = "10",
                min = 0.1,
                max = 86400,
                description = "seconds between two lines of a long stage where there is no terminal")
        double everySeconds) {}
