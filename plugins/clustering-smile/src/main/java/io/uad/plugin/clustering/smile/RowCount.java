package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import java.util.OptionalInt;

/** How many rows, and clusters of them, an algorithm takes. */
final class RowCount {
    private static final int ROWS_PER_AUTOMATIC_CLUSTER = 50;

    private RowCount() {}

    /**
     * Refuses fewer rows.
     *
     * @param algorithm its name, as in {@code clustering.plugin}
     * @param action what to do about it
     */
    static void requireAtLeast(int least, FeatureMatrix features, String algorithm, String where, String action) {
        if (features.rows() < least) {
            throw UadException.config(
                    features.rows() + " images are too few for " + algorithm, where, least + " images or more", action);
        }
    }

    /**
     * Refuses more rows than {@code clustering.max-rows}.
     *
     * @param cost a sentence's end: what grows with the rows
     */
    static void requireAtMost(int most, FeatureMatrix features, String algorithm, String cost) {
        if (features.rows() > most) {
            throw UadException.config(
                    features.rows() + " images are too many for " + algorithm + ", which " + cost,
                    "clustering.max-rows",
                    most + " images or fewer",
                    "Raise clustering.max-rows if memory and time allow it, train on fewer images, or set"
                            + " clustering.plugin to kmeans");
        }
    }

    /**
     * The number of clusters: as set, else one for every 50 rows and at least 2.
     *
     * @throws UadException of kind CONFIG if there are more than rows
     */
    static int clusters(OptionalInt k, FeatureMatrix features) {
        var clusters = k.orElse(Math.max(2, features.rows() / ROWS_PER_AUTOMATIC_CLUSTER));
        if (clusters > features.rows()) {
            throw UadException.config(
                    clusters + " clusters for " + features.rows() + " images",
                    "clustering.k",
                    features.rows() < 2 ? "2 images or more" : "2 to " + features.rows() + ", or auto",
                    "Lower clustering.k (--k), set it to auto, or add images");
        }
        return clusters;
    }
}
