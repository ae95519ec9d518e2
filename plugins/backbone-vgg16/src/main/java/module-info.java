/** VGG16 with batch normalisation, as in DeepCluster. */
@SuppressWarnings("module") // the digits are the network's name
module io.uad.plugin.backbone.vgg16 {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.backbone.vgg16;

    provides io.uad.api.backbone.BackboneProvider with
            io.uad.plugin.backbone.vgg16.Vgg16Provider;
}
