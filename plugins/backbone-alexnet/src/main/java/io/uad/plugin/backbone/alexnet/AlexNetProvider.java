package io.uad.plugin.backbone.alexnet;

import io.uad.api.Options;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.BackboneProvider;

/** Registers {@code alexnet}. */
public final class AlexNetProvider implements BackboneProvider {
    @Override
    public String name() {
        return "alexnet";
    }

    @Override
    public String description() {
        return "AlexNet with batch normalisation, as in DeepCluster (Caron et al., ECCV 2018)";
    }

    @Override
    public Class<AlexNetOptions> optionsType() {
        return AlexNetOptions.class;
    }

    @Override
    public Backbone create(Options options) {
        return new AlexNet(options.as(AlexNetOptions.class));
    }
}
