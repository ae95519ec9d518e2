package io.uad.runtime.training;

import io.uad.api.clustering.Clustering;
import io.uad.runtime.config.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an epoch needs pseudo-labels of its own. Where the last clustering moved few images, the next epochs may
 * train on the same ones. It looks only at what a checkpoint holds, so that a run that goes on decides alike.
 *
 * @param mostChurn the share of images that may have changed their cluster; 0 to cluster in every epoch
 * @param every the most epochs that train on the same pseudo-labels
 */
record Reclustering(double mostChurn, int every) {
    /** The share of images that the last clustering moved to another cluster, among the figures of an epoch. */
    private static final String CHURN = "last-churn";

    /** How many epochs before this one trained on its pseudo-labels. */
    private static final String AGE = "epochs-since-clustering";

    /** Figures that compare a clustering with the one before; an epoch without one has none. */
    private static final List<String> OF_A_CLUSTERING = List.of("nmi-previous", "carried-outputs");

    static Reclustering of(TrainingSettings settings) {
        return new Reclustering(settings.reclusterChurn(), settings.reclusterEvery());
    }

    /** Adds to the figures of an epoch that was clustered what later ones decide by. */
    void note(Map<String, Double> metrics, int @Nullable [] before, int[] now) {
        if (mostChurn > 0) {
            if (before != null) {
                metrics.put(CHURN, churn(before, now));
            }
            metrics.put(AGE, 0.0);
        }
    }

    /** Whether the epoch after that one may train on its pseudo-labels. */
    boolean mayKeep(@Nullable EpochPlan finished) {
        return finished != null
                && churn(finished) <= mostChurn
                && finished.metrics().getOrDefault(AGE, 0.0) + 1 < every;
    }

    /** The plan of the epoch after that one with its pseudo-labels, in an order of its own. */
    EpochPlan keep(EpochPlan finished, int[] order) {
        var metrics = new LinkedHashMap<>(finished.metrics());
        OF_A_CLUSTERING.forEach(metrics::remove);
        metrics.merge(AGE, 1.0, Double::sum);
        return new EpochPlan(
                finished.epoch() + 1,
                finished.selections(),
                finished.projection(),
                finished.centroids(),
                finished.labels(),
                finished.squaredDistances(),
                finished.weights(),
                finished.labels(),
                order,
                metrics);
    }

    /** Why an epoch keeps the pseudo-labels of the one before. */
    String reason(EpochPlan finished) {
        return String.format(
                Locale.ROOT,
                "as the last one moved %.2f %% of the images to another cluster, not more than %.2f %%",
                100 * churn(finished),
                100 * mostChurn);
    }

    /** Infinite where it is not known. */
    private static double churn(EpochPlan finished) {
        return finished.metrics().getOrDefault(CHURN, Double.POSITIVE_INFINITY);
    }

    /**
     * The share of samples that are not in the cluster which goes on from theirs, of those in a cluster before or now: whoever
     * became noise, or was, has moved.
     *
     * @param before {@code [N]} labels
     * @param now {@code [N]} labels of the same samples
     */
    static double churn(int[] before, int[] now) {
        var old = Outputs.of(before);
        var current = Outputs.of(now);
        var continued = OutputMatching.match(before, now);
        var clustered = 0;
        var stayed = 0;
        for (var sample = 0; sample < now.length; sample++) {
            var wasNoise = before[sample] == Clustering.NOISE;
            var isNoise = now[sample] == Clustering.NOISE;
            clustered += wasNoise && isNoise ? 0 : 1;
            if (!wasNoise && !isNoise) {
                stayed += continued[current[now[sample]]] == old[before[sample]] ? 1 : 0;
            }
        }
        return clustered == 0 ? 0 : 1 - (double) stayed / clustered;
    }
}
