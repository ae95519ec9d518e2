package io.uad.plugin.clustering.kmeans;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.clustering.ClusterMeans;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringForecast;
import io.uad.api.engine.Neighbours;
import io.uad.api.engine.StageContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Lloyd's iterations from k distinct random rows. */
final class KMeans implements ClusteringAlgorithm {
    /** What {@code auto} gives: the original's k at ImageNet's size, and clusters that small runs learn from. */
    private static final int MOST_AUTOMATIC = 10_000;

    private static final int ROWS_PER_AUTOMATIC_CLUSTER = 50;

    private static final int SAMPLES_PER_CLUSTER = 4;

    /** How many operations of a matrix product one of the sums of an update takes as long as. */
    private static final double SLOWER_IN_JAVA = 20;

    private final KMeansOptions options;

    KMeans(KMeansOptions options) {
        this.options = options;
    }

    KMeans(OptionalInt k, int iterations) {
        this(new KMeansOptions(k, iterations));
    }

    @Override
    public int minimumRows() {
        return options.k().orElse(1);
    }

    /** {@code auto}: a cluster for every 50 rows, 2 to 10,000, and never more than rows. */
    static int automatic(int rows) {
        return Math.min(rows, Math.max(2, Math.min(MOST_AUTOMATIC, rows / ROWS_PER_AUTOMATIC_CLUSTER)));
    }

    /** The distances to all centroids in every iteration and once more; centroids twice and their sums in double. */
    @Override
    public Optional<ClusteringForecast> forecast(int rows, int columns) {
        var clusters = options.k().orElse(automatic(rows));
        var coarse = options.coarseIterations();
        var iterations = options.iterations() - coarse + coarse * (double) sampled(rows, clusters) / rows;
        var distances = 2.0 * rows * clusters * columns * (iterations + 1);
        var updates = (double) rows * columns * iterations;
        return Optional.of(new ClusteringForecast(
                clusters,
                distances + SLOWER_IN_JAVA * updates,
                (long) clusters * columns * (2 * Float.BYTES + Double.BYTES),
                ((long) rows + clusters) * columns * Float.BYTES));
    }

    @Override
    public Clustering cluster(FeatureMatrix features, StageContext context) {
        var k = options.k().orElse(automatic(features.rows()));
        if (k < 1 || k > features.rows()) {
            throw UadException.config(
                    k + " clusters for " + features.rows() + " images",
                    "clustering.k",
                    features.rows() < 1 ? "1 image or more" : "1 to " + features.rows() + ", or auto",
                    "Lower clustering.k (--k), set it to auto, or add images");
        }
        features.requireFinite("clustering");
        var initial = FeatureMatrix.allocate(k, features.columns());
        var rows = context.seed().derive("centroids").choose(k, features.rows());
        for (var cluster = 0; cluster < k; cluster++) {
            initial.write(cluster, 1, features.row(rows[cluster]));
        }
        var first = initial;
        if (options.coarseIterations() > 0) {
            var donor = new RandomDonor(context.seed().derive("coarse-donors"));
            first = lloyd(sample(features, k, context.seed()), initial, donor, 0, options.coarseIterations(), context)
                    .centroids();
        }
        return lloyd(features, first, new RandomDonor(context.seed().derive("donors")), context);
    }

    private int sampled(int rows, int k) {
        var asked = Math.max((long) Math.ceil(options.coarseShare() * rows), (long) SAMPLES_PER_CLUSTER * k);
        return (int) Math.min(asked, rows);
    }

    /** Rows for the first iterations, in their order. */
    private FeatureMatrix sample(FeatureMatrix features, int k, Seed seed) {
        var rows = seed.derive("coarse").choose(sampled(features.rows(), k), features.rows());
        Arrays.sort(rows);
        var sample = FeatureMatrix.allocate(rows.length, features.columns());
        for (var i = 0; i < rows.length; i++) {
            sample.write(i, 1, features.row(rows[i]));
        }
        return sample;
    }

    /**
     * Iterates from given centroids. The objective is that of the last iteration, found before its update; labels and
     * distances come from one more assignment after it.
     */
    Clustering lloyd(FeatureMatrix features, FeatureMatrix initial, Donor donor, StageContext context) {
        return lloyd(features, initial, donor, options.coarseIterations(), options.iterations(), context);
    }

    private Clustering lloyd(
            FeatureMatrix features, FeatureMatrix initial, Donor donor, int first, int last, StageContext context) {
        var centroids = initial;
        var objective = 0.0;
        var labels = new int[0];
        var algebra = context.algebra();
        try (var points = algebra.upload(features)) {
            for (var iteration = first; ; iteration++) {
                Neighbours nearest;
                try (var handle = algebra.upload(centroids)) {
                    nearest = algebra.nearest(points, handle, 1);
                }
                if (iteration == last) {
                    return new Clustering(nearest.indices(), nearest.squaredDistances(), centroids, objective);
                }
                objective = sum(nearest.squaredDistances());
                if (standsStill(labels, nearest.indices(), centroids.rows())) {
                    context.progress().update(last, options.iterations());
                    return new Clustering(nearest.indices(), nearest.squaredDistances(), centroids, objective);
                }
                labels = nearest.indices();
                centroids = update(features, nearest.indices(), centroids, iteration, donor);
                context.progress().update(iteration + 1, options.iterations());
            }
        }
    }

    /**
     * Whether no further iteration is wanted. Where nothing moved and no cluster is empty, another one would find the same
     * means and the same labels.
     */
    private boolean standsStill(int[] before, int[] now, int clusters) {
        if (before.length == 0) {
            return false;
        }
        var moved = IntStream.range(0, now.length)
                .filter(row -> now[row] != before[row])
                .count();
        return moved <= options.stopShare() * now.length
                && (moved > 0 || Arrays.stream(now).distinct().count() == clusters);
    }

    /** The means of the clusters; empty ones are split off others. */
    private static FeatureMatrix update(
            FeatureMatrix features, int[] labels, FeatureMatrix before, int iteration, Donor donor) {
        var centroids = ClusterMeans.of(features, labels, before);
        var sizes = new double[before.rows()];
        for (var label : labels) {
            sizes[label]++;
        }
        donor.begin(iteration);
        for (var cluster = 0; cluster < sizes.length; cluster++) {
            if (sizes[cluster] == 0) {
                refill(centroids, sizes, cluster, donor.choose(sizes, features.rows()));
            }
        }
        return centroids;
    }

    /** Copies a centroid and moves the two copies apart, symmetrically. */
    private static void refill(FeatureMatrix centroids, double[] sizes, int empty, int donor) {
        if (donor < 0) {
            return; // nothing to split: every cluster has one member, and duplicates share theirs
        }
        var step = 1 / 1024.0;
        var one = centroids.row(donor);
        var other = one.clone();
        for (var j = 0; j < one.length; j++) {
            var direction = j % 2 == 0 ? step : -step;
            one[j] = (float) (one[j] * (1 + direction));
            other[j] = (float) (other[j] * (1 - direction));
        }
        centroids.write(empty, 1, one);
        centroids.write(donor, 1, other);
        sizes[empty] = sizes[donor] / 2;
        sizes[donor] -= sizes[empty];
    }

    private static double sum(float[] distances) {
        var sum = 0.0;
        for (var distance : distances) {
            sum += distance;
        }
        return sum;
    }
}
