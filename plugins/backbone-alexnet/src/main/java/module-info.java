/** AlexNet with batch normalisation, as in DeepCluster. */
module io.uad.plugin.backbone.alexnet {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.backbone.alexnet;

    provides io.uad.api.backbone.BackboneProvider with
            io.uad.plugin.backbone.alexnet.AlexNetProvider;
}
