package io.uad.plugin.reduction.pca;

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import java.util.Locale;

/**
 * The mean of each column.
 *
 * @param mean {@code [D]}
 */
record Moments(double[] mean) {
    /**
     * Bounds of the root mean square distance of a value from its mean. Within them sums of products of any sample that
     * memory holds stay far from both ends of float32 (1e-38 and 3e38), in which the engine computes.
     */
    private static final double LEAST_SPREAD = 1e-15;

    private static final double MOST_SPREAD = 1e14;

    /**
     * Two passes, in double.
     *
     * @throws UadException of kind DATA if a value is not finite, nothing varies, or so little or so much that float32
     *     cannot hold the products
     */
    static Moments of(FeatureMatrix rows) {
        var columns = rows.columns();
        var mean = new double[columns];
        var row = new float[columns];
        for (var i = 0; i < rows.rows(); i++) {
            rows.read(i, 1, row);
            for (var j = 0; j < columns; j++) {
                if (!Float.isFinite(row[j])) {
                    throw UadException.data(
                            "the feature in row " + i + ", column " + j + " is " + row[j],
                            "reduction",
                            "finite features",
                            "The network has probably diverged: lower training.learning-rate");
                }
                mean[j] += row[j];
            }
        }
        for (var j = 0; j < columns; j++) {
            mean[j] /= rows.rows();
        }
        var total = 0.0;
        for (var i = 0; i < rows.rows(); i++) {
            rows.read(i, 1, row);
            for (var j = 0; j < columns; j++) {
                var difference = row[j] - mean[j];
                total += difference * difference;
            }
        }
        requireVariance(total, rows);
        return new Moments(mean);
    }

    private static void requireVariance(double total, FeatureMatrix rows) {
        var spread = Math.sqrt(total / rows.rows() / rows.columns());
        if (spread >= LEAST_SPREAD && spread <= MOST_SPREAD) {
            return;
        }
        var found = total == 0
                ? "all " + rows.rows() + " images have the same features"
                : String.format(Locale.ROOT, "the features deviate from their mean by %.1e (root mean square)", spread);
        throw UadException.data(
                found,
                "reduction",
                String.format(
                        Locale.ROOT,
                        "features that vary, by %.0e to %.0e, whose products float32 can hold",
                        LEAST_SPREAD,
                        MOST_SPREAD),
                spread > MOST_SPREAD
                        ? "The network has probably diverged: lower training.learning-rate"
                        : "Check that the images differ; a network that has diverged or died gives equal features too");
    }

    /** The rows less the mean, as a view. */
    FeatureMatrix centred(FeatureMatrix rows) {
        return rows.minus(mean);
    }
}
