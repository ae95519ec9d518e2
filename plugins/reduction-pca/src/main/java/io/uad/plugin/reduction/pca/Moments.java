package io.uad.plugin.reduction.pca;

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;

/**
 * Mean and share of the variance of each column.
 *
 * @param mean {@code [D]}
 * @param shares {@code [D]}, adding up to 1
 */
record Moments(double[] mean, double[] shares) {
    /**
     * Two passes, in double.
     *
     * @throws UadException of kind DATA if a value is not finite or nothing varies
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
        var shares = new double[columns];
        var total = 0.0;
        for (var i = 0; i < rows.rows(); i++) {
            rows.read(i, 1, row);
            for (var j = 0; j < columns; j++) {
                var difference = row[j] - mean[j];
                shares[j] += difference * difference;
                total += difference * difference;
            }
        }
        if (total == 0) {
            throw UadException.data(
                    "all " + rows.rows() + " images have the same features",
                    "reduction",
                    "features with some variance",
                    "Check that the images differ; a diverged network gives equal features too");
        }
        for (var j = 0; j < columns; j++) {
            shares[j] /= total;
        }
        return new Moments(mean, shares);
    }

    /** The rows less the mean. */
    FeatureMatrix centred(FeatureMatrix rows) {
        var centred = FeatureMatrix.allocate(rows.rows(), rows.columns());
        var row = new float[rows.columns()];
        for (var i = 0; i < rows.rows(); i++) {
            rows.read(i, 1, row);
            for (var j = 0; j < row.length; j++) {
                row[j] = (float) (row[j] - mean[j]);
            }
            centred.write(i, 1, row);
        }
        return centred;
    }
}
