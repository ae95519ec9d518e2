package io.uad.api.dataset;

import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link DatasetWriter} is asked for.
 *
 * @param out where the bytes go; not closed by the writer, and not buffered
 * @param original the dataset that is copied; its location is absolute if it is a path
 * @param details how the copy differs from it, such as {@code short-side}: values by kebab-case names, to be given again as
 *     {@link DatasetSummary#details()} of the copy
 * @since 0.1
 */
public record WriterRequest(OutputStream out, DatasetSummary original, Map<String, String> details) {
    public WriterRequest {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
