package io.uad.plugin.backbone.vgg16;

import io.uad.api.Options;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.BackboneProvider;

/** Registers {@code vgg16}. */
public final class Vgg16Provider implements BackboneProvider {
    @Override
    public String name() {
        return "vgg16";
    }

    @Override
    public String description() {
        return "VGG16 with batch normalisation, as in DeepCluster (Caron et al., ECCV 2018)";
    }

    @Override
    public Class<Vgg16Options> optionsType() {
        return Vgg16Options.class;
    }

    @Override
    public Backbone create(Options options) {
        return new Vgg16(options.as(Vgg16Options.class));
    }
}
