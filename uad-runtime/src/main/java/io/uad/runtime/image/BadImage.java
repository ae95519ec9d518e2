package io.uad.runtime.image;

/**
 * A sample that cannot be used.
 *
 * @param index in the dataset
 * @param path its name in the dataset
 * @param reason one sentence without a full stop
 */
public record BadImage(int index, String path, String reason) {}
