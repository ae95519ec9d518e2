package io.uad.api.fusion;

/**
 * A run of columns with one origin.
 *
 * @param name {@code low}, {@code high}, ...
 * @param columns its width, at least 1
 * @since 0.1
 */
public record FusedPart(String name, int columns) {}
