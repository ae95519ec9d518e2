package io.uad.api.clustering;

import io.uad.api.FeatureMatrix;
import java.util.stream.IntStream;

/**
 * The mean of each cluster's members, for algorithms that move centroids or have none of their own. Sums are double.
 *
 * @since 0.1
 */
public final class ClusterMeans {
    private ClusterMeans() {}

    /**
     * One mean per cluster.
     *
     * @param features {@code [N, d]}
     * @param labels {@code [N]}, 0 to K - 1, or {@link Clustering#NOISE}
     * @param otherwise {@code [K, d]}, the rows of clusters without members
     * @return {@code [K, d]}, a new matrix
     */
    public static FeatureMatrix of(FeatureMatrix features, int[] labels, FeatureMatrix otherwise) {
        var columns = features.columns();
        var sums = new double[otherwise.rows()][columns];
        var sizes = new int[otherwise.rows()];
        for (var label : labels) {
            if (label != Clustering.NOISE) {
                sizes[label]++;
            }
        }
        var parts = Math.min(columns, Runtime.getRuntime().availableProcessors());
        IntStream.range(0, parts).parallel().forEach(part -> {
            addColumns(features, labels, part * columns / parts, (part + 1) * columns / parts, sums);
        });
        var means = FeatureMatrix.allocate(sizes.length, columns);
        for (var cluster = 0; cluster < sizes.length; cluster++) {
            var mean = otherwise.row(cluster);
            for (var j = 0; j < columns && sizes[cluster] > 0; j++) {
                mean[j] = (float) (sums[cluster][j] / sizes[cluster]);
            }
            means.write(cluster, 1, mean);
        }
        return means;
    }

    /** Columns are added apart from each other and each in the order of the rows, so threads change no bit. */
    private static void addColumns(FeatureMatrix features, int[] labels, int first, int last, double[][] sums) {
        features.forEachRow((row, values, from) -> {
            if (labels[row] != Clustering.NOISE) {
                var sum = sums[labels[row]];
                for (var j = first; j < last; j++) {
                    sum[j] += values[from + j];
                }
            }
        });
    }

    /**
     * The clustering that these labels make of the rows, with the means as centroids and the sum of squared distances to
     * them as objective; an empty cluster's centroid is zero.
     *
     * @param features {@code [N, d]}
     * @param labels {@code [N]}, 0 to {@code clusters} - 1, or {@link Clustering#NOISE}; handed over
     */
    public static Clustering clustering(FeatureMatrix features, int[] labels, int clusters) {
        var means = of(features, labels, FeatureMatrix.allocate(clusters, features.columns()));
        var centroids = new float[clusters][];
        for (var cluster = 0; cluster < clusters; cluster++) {
            centroids[cluster] = means.row(cluster);
        }
        var squaredDistances = new float[labels.length];
        features.forEachRow((row, values, from) -> {
            if (labels[row] != Clustering.NOISE) {
                squaredDistances[row] = (float) squaredDistance(values, from, centroids[labels[row]]);
            }
        });
        var objective = 0.0;
        for (var squared : squaredDistances) {
            objective += squared;
        }
        return new Clustering(labels, squaredDistances, means, objective);
    }

    private static double squaredDistance(float[] values, int from, float[] centroid) {
        var sum = 0.0;
        for (var j = 0; j < centroid.length; j++) {
            var difference = (double) values[from + j] - centroid[j];
            sum += difference * difference;
        }
        return sum;
    }
}
