package io.uad.plugin.backbone.resnet;

import io.uad.api.Options;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.BackboneProvider;

/** Registers {@code resnet}. */
public final class ResNetProvider implements BackboneProvider {
    @Override
    public String name() {
        return "resnet";
    }

    @Override
    public String description() {
        return "Residual networks, ResNet-18 and ResNet-50 (He et al., CVPR 2016), as in torchvision";
    }

    @Override
    public Class<ResNetOptions> optionsType() {
        return ResNetOptions.class;
    }

    @Override
    public Backbone create(Options options) {
        return new ResNet(options.as(ResNetOptions.class));
    }
}
