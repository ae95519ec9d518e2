package ${package};

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.StageContext;
import io.uad.api.uncertainty.ClusterSpread;
import io.uad.api.uncertainty.SampleWeights;
import io.uad.api.uncertainty.Uncertainty;

/**
 * Weighs a sample by the density of a round Gaussian around its centroid, relative to that at the centroid:
 * {@code exp(-d / (2 width^2 m))}, where d is its squared distance and m the mean of those in its cluster. With a deviation of
 * the root of m over the number of columns it would be the mixture's own density (Bishop, Pattern Recognition and Machine
 * Learning, section 9.2), in which hardly any sample of many columns would weigh anything.
 */
final class ${className}Uncertainty implements Uncertainty {
    private final double width;

    ${className}Uncertainty(${className}Options options) {
        width = options.width();
    }

    @Override
    public float[] weights(FeatureMatrix features, Clustering clustering, StageContext context) {
        return weights(clustering, clustering);
    }

    @Override
    public float[] weightsOfUnseen(
            FeatureMatrix features, Clustering assigned, Clustering trained, StageContext context) {
        return weights(assigned, trained);
    }

    /** Noise weighs 0, and what its cluster cannot tell apart 1: that is what SampleWeights is for. */
    private float[] weights(Clustering rows, Clustering trained) {
        var means = meanSquaredDistances(trained);
        return SampleWeights.of(rows, ClusterSpread.of(trained), row -> {
            var squared = rows.squaredDistances()[row];
            return Math.exp(-squared / (2 * width * width * means[rows.labels()[row]]));
        });
    }

    private static double[] meanSquaredDistances(Clustering clustering) {
        var means = new double[clustering.clusterCount()];
        for (var row = 0; row < clustering.labels().length; row++) {
            if (clustering.labels()[row] != Clustering.NOISE) {
                means[clustering.labels()[row]] += clustering.squaredDistances()[row];
            }
        }
        var sizes = clustering.sizes();
        for (var cluster = 0; cluster < means.length; cluster++) {
            means[cluster] /= Math.max(1, sizes[cluster]);
        }
        return means;
    }
}
