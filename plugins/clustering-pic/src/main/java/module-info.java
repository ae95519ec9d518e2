/** Power iteration clustering on a graph of nearest neighbours. */
module io.uad.plugin.clustering.pic {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.clustering.pic;

    provides io.uad.api.clustering.ClusteringProvider with
            io.uad.plugin.clustering.pic.PicProvider;
}
