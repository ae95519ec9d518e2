/** Sample weights from the distance to the own centroid. */
module io.uad.plugin.uncertainty.distance {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.uncertainty.distance;

    provides io.uad.api.uncertainty.UncertaintyProvider with
            io.uad.plugin.uncertainty.distance.UniformProvider,
            io.uad.plugin.uncertainty.distance.MinMaxProvider,
            io.uad.plugin.uncertainty.distance.RankProvider,
            io.uad.plugin.uncertainty.distance.AffineProvider;
}
