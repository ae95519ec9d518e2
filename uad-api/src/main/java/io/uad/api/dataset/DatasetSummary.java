package io.uad.api.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a dataset as a whole is.
 *
 * @param location where it lies, for messages
 * @param classes class names in label order; empty without labels
 * @param ignoredFiles files that are no samples by their name, 0 or more
 * @param fingerprint a name for order and content: a resumed run asks for the same one. It changes when samples are added,
 *     removed, renamed or reordered, or change their length; whether any other change of a sample's bytes is noticed is up
 *     to the dataset, which may read a part of them only, so that opening a million files takes seconds. It does not depend
 *     on the place or the age of the files
 * @param vectorLength D, 1 or more, if every sample is a {@link Content.Vector} of D values; empty if they are images, of
 *     any size
 * @param details what else people may want to know of it, such as what it is a copy of: values by kebab-case names, in the
 *     order in which they are shown
 * @since 0.1
 */
public record DatasetSummary(
        String location,
        List<String> classes,
        int ignoredFiles,
        String fingerprint,
        OptionalInt vectorLength,
        Map<String, String> details) {
    public DatasetSummary {
        classes = List.copyOf(classes);
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** Without details. */
    public DatasetSummary(
            String location, List<String> classes, int ignoredFiles, String fingerprint, OptionalInt vectorLength) {
        this(location, classes, ignoredFiles, fingerprint, vectorLength, Map.of());
    }

    /** Of a dataset of images. */
    public DatasetSummary(String location, List<String> classes, int ignoredFiles, String fingerprint) {
        this(location, classes, ignoredFiles, fingerprint, OptionalInt.empty());
    }
}
