package io.uad.runtime.checkpoint;

/**
 * An image that could not be read.
 *
 * @param index its place in the dataset
 * @param path its name there
 * @param reason what was wrong with it
 */
public record BadImage(int index, String path, String reason) {}
