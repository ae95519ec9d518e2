package io.uad.api;

/**
 * The options of a component that has none.
 *
 * @since 0.1
 */
public record NoOptions() {}
