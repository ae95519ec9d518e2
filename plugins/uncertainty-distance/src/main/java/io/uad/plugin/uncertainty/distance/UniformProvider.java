package io.uad.plugin.uncertainty.distance;

import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.uncertainty.ClusterSpread;
import io.uad.api.uncertainty.SampleWeights;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.api.uncertainty.UncertaintyProvider;

/** Registers {@code uniform}. */
public final class UniformProvider implements UncertaintyProvider {
    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public String description() {
        return "Every weight 1";
    }

    @Override
    public Class<NoOptions> optionsType() {
        return NoOptions.class;
    }

    @Override
    public Uncertainty create(Options options) {
        return (features, clustering, context) -> SampleWeights.of(clustering, ClusterSpread.of(clustering), row -> 1);
    }
}
