package io.uad.api.dataset;

/**
 * One sample's identity.
 *
 * @param path its name within the dataset, with {@code /} between folders
 * @param label its class as an index into {@link DatasetSummary#classes()}, -1 if it has none; the pretext task never
 *     looks at it
 * @since 0.1
 */
public record Sample(String path, int label) {}
