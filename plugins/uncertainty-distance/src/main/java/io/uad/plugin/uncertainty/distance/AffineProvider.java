package io.uad.plugin.uncertainty.distance;

import io.uad.api.Options;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.api.uncertainty.UncertaintyProvider;

/** Registers {@code affine}. */
public final class AffineProvider implements UncertaintyProvider {
    @Override
    public String name() {
        return "affine";
    }

    @Override
    public String description() {
        return "offset + slope d, d the distance to the centroid scaled to its cluster, as the original program";
    }

    @Override
    public Class<AffineOptions> optionsType() {
        return AffineOptions.class;
    }

    @Override
    public Uncertainty create(Options options) {
        var chosen = options.as(AffineOptions.class);
        return new DistanceWeights(
                (clustering, spread) -> new MinMaxScale(spread, chosen.power()),
                distance -> chosen.offset() + chosen.slope() * distance,
                chosen.normalize());
    }
}
