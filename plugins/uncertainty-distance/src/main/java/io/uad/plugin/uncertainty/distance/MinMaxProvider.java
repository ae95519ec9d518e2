package io.uad.plugin.uncertainty.distance;

import io.uad.api.Options;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.api.uncertainty.UncertaintyProvider;

/** Registers {@code min-max}. */
public final class MinMaxProvider implements UncertaintyProvider {
    @Override
    public String name() {
        return "min-max";
    }

    @Override
    public String description() {
        return "1 - d + gamma, d the distance to the centroid scaled to its cluster (the paper's equation 23)";
    }

    @Override
    public Class<MinMaxOptions> optionsType() {
        return MinMaxOptions.class;
    }

    @Override
    public Uncertainty create(Options options) {
        var chosen = options.as(MinMaxOptions.class);
        return new DistanceWeights(
                (clustering, spread) -> new MinMaxScale(spread, chosen.power()),
                distance -> 1 - distance + chosen.gamma(),
                chosen.normalize());
    }
}
