package ${package};

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.clustering.ClusterMeans;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.engine.StageContext;
import java.util.Arrays;

/**
 * Farthest-first traversal (Gonzalez, Theoretical Computer Science 38, 1985): a random row is the first centre, then always
 * the row that is farthest from all centres so far. Each row belongs to its nearest centre.
 */
final class ${className}Clustering implements ClusteringAlgorithm {
    private final int k;

    ${className}Clustering(int k) {
        this.k = k;
    }

    @Override
    public int minimumRows() {
        return k;
    }

    @Override
    public Clustering cluster(FeatureMatrix features, StageContext context) {
        if (features.rows() < k) {
            throw UadException.config(
                    k + " clusters of " + features.rows() + " samples",
                    "clustering.k",
                    "at most as many clusters as samples",
                    "Lower clustering.k");
        }
        features.requireFinite("clustering");
        var labels = new int[features.rows()];
        var squared = new double[features.rows()]; // to the nearest centre so far
        Arrays.fill(squared, Double.POSITIVE_INFINITY);
        var next = context.seed().integer(0, features.rows());
        for (var cluster = 0; cluster < k; cluster++) {
            context.progress().update(cluster, k); // a run that is to stop ends here
            join(features, features.row(next), cluster, labels, squared);
            next = farthest(squared);
        }
        return ClusterMeans.clustering(features, labels, k);
    }

    /** Gives to a new cluster all rows that are nearer to its centre than to any other. */
    private static void join(FeatureMatrix features, float[] centre, int cluster, int[] labels, double[] squared) {
        features.forEachRow((row, values, from) -> {
            var distance = 0.0;
            for (var j = 0; j < centre.length; j++) {
                var difference = (double) values[from + j] - centre[j];
                distance += difference * difference;
            }
            if (distance < squared[row]) {
                squared[row] = distance;
                labels[row] = cluster;
            }
        });
    }

    private static int farthest(double[] squared) {
        var farthest = 0;
        for (var row = 1; row < squared.length; row++) {
            if (squared[row] > squared[farthest]) {
                farthest = row;
            }
        }
        return farthest;
    }
}
