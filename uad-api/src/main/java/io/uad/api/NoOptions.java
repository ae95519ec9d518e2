package io.uad.api;

/** The options of a component that has none. */
public record NoOptions() {}
