package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.engine.StageContext;
import java.util.stream.IntStream;
import smile.clustering.HierarchicalClustering;

/** Agglomerative clustering, cut where k clusters are left. */
final class Hierarchical implements ClusteringAlgorithm {
    private final HierarchicalOptions options;

    Hierarchical(HierarchicalOptions options) {
        this.options = options;
    }

    @Override
    public int minimumRows() {
        return options.k().orElse(2);
    }

    @Override
    public Clustering cluster(FeatureMatrix features, StageContext context) {
        var k = RowCount.clusters(options.k(), features);
        RowCount.requireAtMost(options.maxRows(), features, "hierarchical", "keeps the distance of each pair");
        features.requireFinite("clustering");
        var proximity = proximity(ScaledRows.of(features));
        var linkage = options.linkage().of(features.rows(), proximity);
        var tree = HierarchicalClustering.fit(new WatchedLinkage(linkage, proximity, context.progress()));
        return Labels.of(tree.partition(k)).clustering(features);
    }

    /** The distances of each row to itself and those after it, row after row. */
    private static float[] proximity(ScaledRows scaled) {
        var size = scaled.rows().length;
        var proximity = new float[size * (size + 1) / 2];
        IntStream.range(0, size).parallel().forEach(i -> {
            var start = proximity.length - (size - i) * (size - i + 1) / 2;
            for (var j = i; j < size; j++) {
                proximity[start + j - i] = (float) Math.sqrt(scaled.squaredDistance(i, j));
            }
        });
        return proximity;
    }
}
