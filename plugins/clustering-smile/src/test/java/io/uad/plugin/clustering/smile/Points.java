package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import java.util.HashMap;

/** Features to cluster. */
final class Points {
    private Points() {}

    /** Row i lies around corner i mod groups of a zigzag, 100 to the right and 50 up or down; column 2 is 7. */
    static FeatureMatrix groups(int rows, int groups) {
        var seed = new Seed(9);
        var values = new float[rows * 3];
        for (var row = 0; row < rows; row++) {
            var corner = row % groups;
            values[row * 3] = (float) (100 * corner + seed.gaussian(2L * row));
            values[row * 3 + 1] = (float) (50 * (corner % 2) + seed.gaussian(2L * row + 1));
            values[row * 3 + 2] = 7;
        }
        return FeatureMatrix.of(values, 3);
    }

    /** Row i is 10 (i mod places), in one column. */
    static FeatureMatrix duplicates(int rows, int places) {
        var values = new float[rows];
        for (var row = 0; row < rows; row++) {
            values[row] = row % places * 10;
        }
        return FeatureMatrix.of(values, 1);
    }

    /** Whether two rows have the same label exactly if they are of the same group; rows of noise are left out. */
    static boolean separated(int[] labels, int groups) {
        var groupOf = new HashMap<Integer, Integer>();
        var labelOf = new HashMap<Integer, Integer>();
        for (var row = 0; row < labels.length; row++) {
            if (labels[row] >= 0) {
                var group = groupOf.putIfAbsent(labels[row], row % groups);
                var label = labelOf.putIfAbsent(row % groups, labels[row]);
                if ((group != null && group != row % groups) || (label != null && label != labels[row])) {
                    return false;
                }
            }
        }
        return labelOf.size() == groups;
    }
}
