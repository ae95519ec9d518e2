package io.uad.plugin.uncertainty.distance;

import io.uad.api.Options;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.api.uncertainty.UncertaintyProvider;

/** Registers {@code rank}. */
public final class RankProvider implements UncertaintyProvider {
    @Override
    public String name() {
        return "rank";
    }

    @Override
    public String description() {
        return "1 - r + gamma, r the rank of the distance to the centroid in its cluster from 0 to 1; robust to outliers";
    }

    @Override
    public Class<RankOptions> optionsType() {
        return RankOptions.class;
    }

    @Override
    public Uncertainty create(Options options) {
        var chosen = options.as(RankOptions.class);
        return new DistanceWeights(
                (clustering, spread) -> new RankScale(clustering),
                rank -> 1 - rank + chosen.gamma(),
                chosen.normalize());
    }
}
