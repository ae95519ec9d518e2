package io.uad.runtime.engine;

import io.uad.runtime.config.ConfigDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whose a trace is, of what, and how fast it was made.
 *
 * @param engine its name in the configuration
 * @param library name and version of the library underneath
 * @param device where it computed
 * @param deviceReason why there
 * @param threads of a CPU operation
 * @param precision of products
 * @param images of the dataset
 * @param work how much was traced
 * @param config the whole configuration, as YAML
 * @param forwardMillis of an image on its way to the last tap
 * @param stepMillis of an image in the fastest training step
 * @param peakBytes of memory that the process took at most; 0 where the system does not say
 */
public record TraceSummary(
        String engine,
        String library,
        String device,
        String deviceReason,
        int threads,
        String precision,
        int images,
        TracedWork work,
        String config,
        double forwardMillis,
        double stepMillis,
        long peakBytes) {
    /** What changes what a trace computes. */
    private static final Pattern MATTERS =
            Pattern.compile("seed|image\\.size|image\\.exif-orientation|(backbone|fusion|reduction|clustering)"
                    + "\\..*|training\\.(learning-rate|momentum|weight-decay)");

    /** What was not the same piece of work, a sentence each; empty if the two can be compared. */
    List<String> differences(TraceSummary other) {
        var differences = differences(other.config, other.work);
        if (images != other.images) {
            differences.add("there were " + images + " images and are now " + other.images);
        }
        return differences;
    }

    /** As far as that is known before there is another trace. */
    List<String> differences(String otherConfig, TracedWork otherWork) {
        var differences = new ArrayList<>(ConfigDifference.between(
                config, otherConfig, key -> MATTERS.matcher(key).matches()));
        if (!work.equals(otherWork)) {
            differences.add("the work was " + work + " and is now " + otherWork);
        }
        return differences;
    }
}
