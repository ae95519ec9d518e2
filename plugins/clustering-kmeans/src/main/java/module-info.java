/** Lloyd's k-means on the engine's linear algebra. */
module io.uad.plugin.clustering.kmeans {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.clustering.kmeans;

    provides io.uad.api.clustering.ClusteringProvider with
            io.uad.plugin.clustering.kmeans.KMeansProvider;
}
