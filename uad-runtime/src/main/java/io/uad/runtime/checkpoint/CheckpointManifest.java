package io.uad.runtime.checkpoint;

import io.uad.api.TensorShape;
import io.uad.api.engine.TapSelection;
import io.uad.runtime.image.BadImage;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a checkpoint says besides its tensors; the JSON file beside them has these very keys.
 *
 * <p>Equal runs give equal manifests: no time, path of a machine, worker count or machine name belongs here.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written; a reader refuses a higher one
 * @param uadVersion which UAD wrote it
 * @param position where the run stands
 * @param model what is needed to rebuild the network, together with the config
 * @param dataset what was trained on
 * @param engineDevice the kind of device it ran on, {@code cpu} or {@code gpu}, because results differ bitwise between kinds
 * @param engineThreads the engine's thread count, because results differ bitwise between counts;
 *     {@link #ANY_THREADS} if there is none to keep to
 * @param plugins versions by plugin, sorted by name
 * @param config the resolved configuration, YAML
 * @param metrics of this epoch as far as they are known, in a fixed order
 * @param totals running sums of this epoch's training, in a fixed order; empty before its first step
 * @param logLines lines of each log at this moment, by file name; a resume cuts the logs back to them
 * @param tensorsSha256 of the tensors' file, hexadecimal; empty until it is written
 */
public record CheckpointManifest(
        int formatVersion,
        String uadVersion,
        Position position,
        Model model,
        Dataset dataset,
        String engineDevice,
        int engineThreads,
        Map<String, String> plugins,
        String config,
        Map<String, Double> metrics,
        Map<String, Double> totals,
        Map<String, Long> logLines,
        String tensorsSha256) {
    /** The thread count of a session in several processes whose configuration names none: a later one may have any. */
    public static final int ANY_THREADS = 0;

    /** The format that this version writes. */
    public static final int FORMAT_VERSION = 2;

    public CheckpointManifest {
        plugins = Collections.unmodifiableMap(new TreeMap<>(plugins));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        totals = Collections.unmodifiableMap(new LinkedHashMap<>(totals));
        logLines = Collections.unmodifiableMap(new TreeMap<>(logLines));
    }

    /** A manifest of the current format whose tensors are not written yet. */
    public static CheckpointManifest of(
            String uadVersion,
            Position position,
            Model model,
            Dataset dataset,
            String engineDevice,
            int engineThreads,
            Map<String, String> plugins,
            String config,
            Map<String, Double> metrics,
            Map<String, Double> totals,
            Map<String, Long> logLines) {
        return new CheckpointManifest(
                FORMAT_VERSION,
                uadVersion,
                position,
                model,
                dataset,
                engineDevice,
                engineThreads,
                plugins,
                config,
                metrics,
                totals,
                logLines,
                "");
    }

    CheckpointManifest withTensorsSha256(String sha256) {
        return new CheckpointManifest(
                formatVersion,
                uadVersion,
                position,
                model,
                dataset,
                engineDevice,
                engineThreads,
                plugins,
                config,
                metrics,
                totals,
                logLines,
                sha256);
    }

    /** What of an epoch is done. */
    public enum Phase {
        /** Its assignments are made, {@link Position#step} steps of its training are done. */
        TRAINING,
        /** All of it; the next epoch has not begun. */
        COMPLETE
    }

    /**
     * Where a run stands. Later positions are greater.
     *
     * @param epoch counts from 0
     * @param iteration steps done since the run began
     * @param step steps done since the epoch began
     * @param phase what of the epoch is done
     * @param finished whether the run has reached its end
     */
    public record Position(int epoch, long iteration, int step, Phase phase, boolean finished)
            implements Comparable<Position> {
        private static final Comparator<Position> ORDER = Comparator.comparingLong(Position::iteration)
                .thenComparingInt(Position::epoch)
                .thenComparing(Position::phase)
                .thenComparing(Position::finished);

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * The network.
     *
     * @param backbone the component's name
     * @param inputSide side of the square input in pixels; 1 for vectors
     * @param vectorLength of the inputs; 0 for images
     * @param headClasses outputs of the head, 0 without one
     * @param selections the taps that are clustered, with the channels that were drawn
     */
    public record Model(
            String backbone, int inputSide, int vectorLength, int headClasses, List<TapSelection> selections) {
        public Model {
            selections = List.copyOf(selections);
        }

        /** The shape of one input. */
        public TensorShape input() {
            return vectorLength > 0 ? TensorShape.vector(vectorLength) : TensorShape.image(inputSide);
        }
    }

    /**
     * The images.
     *
     * @param fingerprint {@link io.uad.api.dataset.DatasetSummary#fingerprint()}
     * @param samples N, unreadable ones included
     * @param badImages the unreadable ones
     */
    public record Dataset(String fingerprint, int samples, List<BadImage> badImages) {
        public Dataset {
            badImages = List.copyOf(badImages);
        }
    }
}
