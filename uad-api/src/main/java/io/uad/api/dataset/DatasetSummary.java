package io.uad.api.dataset;

import java.util.List;

/**
 * What a dataset as a whole is.
 *
 * @param location where it lies, for messages
 * @param classes class names in label order; empty without labels
 * @param ignoredFiles files that are no samples by their name
 * @param fingerprint changes when samples are added, removed, renamed or changed
 */
public record DatasetSummary(String location, List<String> classes, int ignoredFiles, String fingerprint) {
    public DatasetSummary {
        classes = List.copyOf(classes);
    }
}
