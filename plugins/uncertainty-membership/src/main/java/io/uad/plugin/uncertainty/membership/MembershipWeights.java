package io.uad.plugin.uncertainty.membership;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.StageContext;
import io.uad.api.uncertainty.ClusterSpread;
import io.uad.api.uncertainty.SampleWeights;
import io.uad.api.uncertainty.Uncertainty;
import java.util.Arrays;

/** Finds each row's nearest centroids and turns its certainty into a weight. */
final class MembershipWeights implements Uncertainty {
    private final Certainty.Maker certainty;
    private final int neighbours;
    private final double gamma;
    private final boolean normalize;

    /**
     * Puts a formula together.
     *
     * @param neighbours how many nearest centroids it sees
     * @param gamma added to every certainty
     * @param normalize whether the weights of the training have a mean of 1
     */
    MembershipWeights(Certainty.Maker certainty, int neighbours, double gamma, boolean normalize) {
        this.certainty = certainty;
        this.neighbours = neighbours;
        this.gamma = gamma;
        this.normalize = normalize;
    }

    @Override
    public float[] weights(FeatureMatrix features, Clustering clustering, StageContext context) {
        var weights = weigh(features, clustering, clustering, context);
        return normalize ? SampleWeights.scaled(weights, SampleWeights.factorToMeanOne(weights, clustering)) : weights;
    }

    /** Not scaled to the mean of the training, which only its features could tell. */
    @Override
    public float[] weightsOfUnseen(
            FeatureMatrix features, Clustering assigned, Clustering trained, StageContext context) {
        if (normalize) {
            context.notice()
                    .accept(
                            "the weights of unseen images are not scaled to a mean of 1: that takes the training's features");
        }
        return weigh(features, assigned, trained, context);
    }

    private float[] weigh(FeatureMatrix features, Clustering rows, Clustering trained, StageContext context) {
        var spread = ClusterSpread.of(trained);
        var clusters = withMembers(trained);
        if (clusters.length < 2) {
            return SampleWeights.of(rows, spread, row -> 1);
        }
        var formula = certainty.of(trained);
        var nearest = NearestCentroids.of(
                features, trained.centroids(), clusters, Math.min(neighbours, clusters.length), context.algebra());
        return SampleWeights.of(rows, spread, row -> {
            var label = rows.labels()[row];
            var squared = nearest.squaredDistances(row);
            var own = nearest.rank(row, label);
            if (own == squared.length) {
                squared = Arrays.copyOf(squared, own + 1);
                squared[own] = rows.squaredDistances()[row];
            }
            return formula.of(squared, own) + gamma;
        });
    }

    private static int[] withMembers(Clustering clustering) {
        var sizes = clustering.sizes();
        var clusters = new int[sizes.length];
        var count = 0;
        for (var cluster = 0; cluster < sizes.length; cluster++) {
            if (sizes[cluster] > 0) {
                clusters[count++] = cluster;
            }
        }
        return Arrays.copyOf(clusters, count);
    }
}
