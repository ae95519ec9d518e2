/** Sample weights from the distances to the nearest centroids. */
module io.uad.plugin.uncertainty.membership {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.uncertainty.membership;

    provides io.uad.api.uncertainty.UncertaintyProvider with
            io.uad.plugin.uncertainty.membership.FuzzyCMeansProvider,
            io.uad.plugin.uncertainty.membership.EntropyProvider,
            io.uad.plugin.uncertainty.membership.MarginProvider;
}
