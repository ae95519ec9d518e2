/** The contract between UAD and its plugins: one package per stage, in the order in which the data passes them. */
module io.uad.api {
    requires static org.jspecify;

    exports io.uad.api;
    exports io.uad.api.dataset;
    exports io.uad.api.image;
    exports io.uad.api.backbone;
    exports io.uad.api.engine;
    exports io.uad.api.fusion;
    exports io.uad.api.reduction;
    exports io.uad.api.clustering;
    exports io.uad.api.uncertainty;
    exports io.uad.api.listener;
}
