/** Fully connected layers, for feature vectors. */
module io.uad.plugin.backbone.mlp {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.backbone.mlp;

    provides io.uad.api.backbone.BackboneProvider with
            io.uad.plugin.backbone.mlp.MlpProvider;
}
