package io.uad.runtime.feature;

import io.uad.api.FeatureMatrix;
import io.uad.api.fusion.FusedPart;
import java.util.Arrays;
import java.util.List;

/** How much each fused part varies. */
final class PartVariances {
    private PartVariances() {}

    /** For each part the variance of its columns, added up; two passes, in double. */
    static double[] of(FeatureMatrix rows, List<FusedPart> parts) {
        var mean = new double[rows.columns()];
        var row = new float[rows.columns()];
        for (var i = 0; i < rows.rows(); i++) {
            rows.read(i, 1, row);
            for (var j = 0; j < row.length; j++) {
                mean[j] += row[j] / (double) rows.rows();
            }
        }
        var variances = new double[parts.size()];
        for (var i = 0; i < rows.rows(); i++) {
            rows.read(i, 1, row);
            var column = 0;
            for (var part = 0; part < variances.length; part++) {
                for (var end = column + parts.get(part).columns(); column < end; column++) {
                    var difference = row[column] - mean[column];
                    variances[part] += difference * difference / rows.rows();
                }
            }
        }
        return variances;
    }

    /** Each part's share in all; 0 if nothing varies. */
    static double[] shares(double[] variances) {
        var total = Arrays.stream(variances).sum();
        return Arrays.stream(variances)
                .map(variance -> total > 0 ? variance / total : 0)
                .toArray();
    }
}
