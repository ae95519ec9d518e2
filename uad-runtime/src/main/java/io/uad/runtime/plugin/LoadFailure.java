package io.uad.runtime.plugin;

/**
 * A provider that could not be loaded.
 *
 * @param stage the stage it would have served
 * @param reason one sentence without a full stop that names the provider and what went wrong
 */
public record LoadFailure(Stage stage, String reason) {}
