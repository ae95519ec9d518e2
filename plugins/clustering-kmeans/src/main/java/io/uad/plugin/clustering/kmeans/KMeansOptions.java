package io.uad.plugin.clustering.kmeans;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code clustering: {plugin: kmeans, k: 10000, iterations: 20}}. */
public record KMeansOptions(
        @Option(
                defaultValue = "10000",
                min = 1,
                description =
                        "number of clusters, at most the number of images; auto is one for every 50 images, up to 10000")
        OptionalInt k,

        @Option(defaultValue = "20", min = 1, description = "Lloyd iterations, at most")
        int iterations,

        @Option(
                defaultValue = "0.0",
                min = 0,
                max = 1,
                description =
                        "ends early when an iteration moves at most this share of the images to another cluster; 0 ends only"
                                + " when none moves, which changes no result")
        double stopShare,

        @Option(
                defaultValue = "0",
                min = 0,
                description =
                        "how many of the iterations, the first ones, look at a sample only: faster, for an objective that is"
                                + " about 1 % larger; must be below iterations")
        int coarseIterations,

        @Option(
                defaultValue = "0.1",
                min = 0,
                minExclusive = true,
                max = 1,
                description =
                        "share of the images in that sample, drawn by the seed; at least 4 for each cluster are taken")
        double coarseShare) {
    public KMeansOptions {
        if (coarseIterations >= iterations) {
            throw new IllegalArgumentException("coarse-iterations must be below iterations, was " + coarseIterations
                    + " with " + iterations + " iterations");
        }
    }

    /** All iterations over all images. */
    public KMeansOptions(OptionalInt k, int iterations) {
        this(k, iterations, 0, 0, 0.1);
    }
}
