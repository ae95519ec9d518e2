package io.uad.plugin.backbone.mlp;

import io.uad.api.Options;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.BackboneProvider;

/** Registers {@code mlp}. */
public final class MlpProvider implements BackboneProvider {
    @Override
    public String name() {
        return "mlp";
    }

    @Override
    public String description() {
        return "Fully connected layers with ReLU, for feature vectors";
    }

    @Override
    public Class<MlpOptions> optionsType() {
        return MlpOptions.class;
    }

    @Override
    public Backbone create(Options options) {
        return new Mlp(options.as(MlpOptions.class));
    }
}
