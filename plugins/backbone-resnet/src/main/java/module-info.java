/** Residual networks, ResNet-18 and ResNet-50. */
module io.uad.plugin.backbone.resnet {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.backbone.resnet;

    provides io.uad.api.backbone.BackboneProvider with
            io.uad.plugin.backbone.resnet.ResNetProvider;
}
