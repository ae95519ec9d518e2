package io.uad.plugin.clustering.pic;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.ClusterMeans;
import io.uad.api.engine.LinearAlgebra;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Keeps the largest clusters, of equal ones those that come first. Each other joins, as a whole, the kept one whose mean is
 * nearest to its own; means are those before any move.
 */
record ClusterLimit(int most) {
    /** At most so many clusters. */
    Partition applied(Partition partition, FeatureMatrix features, LinearAlgebra algebra) {
        var sizes = partition.sizes();
        var bySize = IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.comparingInt(cluster -> -sizes[cluster])) // stable
                .mapToInt(Integer::intValue)
                .toArray();
        var nothing = FeatureMatrix.allocate(sizes.length, features.columns());
        var means = ClusterMeans.of(features, partition.labels(), nothing);
        var names = new int[sizes.length];
        try (var kept = algebra.upload(ChosenRows.of(means, bySize, 0, most));
                var others = algebra.upload(ChosenRows.of(means, bySize, most, sizes.length))) {
            var nearest = algebra.nearest(others, kept, 1).indices();
            for (var at = 0; at < bySize.length; at++) {
                names[bySize[at]] = bySize[at < most ? at : nearest[at - most]];
            }
        }
        return partition.renamed(names);
    }
}
