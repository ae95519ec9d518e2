package io.uad.plugin.clustering.pic;

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.clustering.ClusterMeans;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.engine.Neighbours;
import io.uad.api.engine.StageContext;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Power iteration clustering; the centroids and distances are those of the clusters' means. */
final class Pic implements ClusteringAlgorithm {
    private final PicOptions options;

    Pic(PicOptions options) {
        this.options = options;
    }

    @Override
    public int minimumRows() {
        return options.neighbours() + 1;
    }

    @Override
    public Clustering cluster(FeatureMatrix features, StageContext context) {
        if (features.rows() < minimumRows()) {
            throw UadException.config(
                    features.rows() + " images have no " + options.neighbours() + " neighbours each",
                    "clustering.neighbours",
                    minimumRows() + " images or more",
                    "Lower clustering.neighbours, or add images");
        }
        features.requireFinite("clustering");
        var neighbours = neighbours(features, context);
        var graph = NeighbourGraph.of(neighbours, options.sigma());
        var v = new PowerIteration(options.alpha(), options.iterations()).of(graph, context.progress());
        var partition = Partition.ofPointers(graph.pointers(v)).withoutSingletons(neighbours);
        warnOfSingletons(partition, context.notice());
        var limited = limited(partition, features, context);
        return ClusterMeans.clustering(features, limited.labels(), limited.clusters());
    }

    private Neighbours neighbours(FeatureMatrix features, StageContext context) {
        if (options.approximate(features.rows())) {
            return new ApproximateNeighbours(options.neighbours(), options.recall(), context).of(features);
        }
        try (var points = context.algebra().upload(features)) {
            return context.algebra().neighbours(points, options.neighbours());
        }
    }

    private void warnOfSingletons(Partition partition, Consumer<String> notice) {
        var singletons = partition.singletons();
        if (2 * singletons > partition.clusters()) {
            notice.accept("warning: " + singletons + " of PIC's " + partition.clusters()
                    + " clusters hold one image only; "
                    + (options.sigma().isPresent()
                            ? "clustering.sigma " + options.sigma().getAsDouble()
                                    + " is too narrow for these features: set it to auto"
                            : "raise clustering.neighbours, or set a larger clustering.sigma"));
        }
    }

    private Partition limited(Partition partition, FeatureMatrix features, StageContext context) {
        var most = options.maxClusters().orElse(partition.clusters());
        if (partition.clusters() <= most) {
            return partition;
        }
        var limited = new ClusterLimit(most).applied(partition, features, context.algebra());
        var sizes = partition.sizes().clone();
        Arrays.sort(sizes);
        var surplus = partition.clusters() - most;
        context.notice()
                .accept("warning: PIC found " + partition.clusters() + " clusters, more than clustering.max-clusters "
                        + most + ": the " + surplus + " smallest, with "
                        + IntStream.of(sizes).limit(surplus).sum()
                        + " images, join the one with the nearest centroid");
        return limited;
    }
}
