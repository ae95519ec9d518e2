package io.uad.plugin.uncertainty.membership;

import io.uad.api.Options;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.api.uncertainty.UncertaintyProvider;

/** Registers {@code fuzzy-c-means}. */
public final class FuzzyCMeansProvider implements UncertaintyProvider {
    @Override
    public String name() {
        return "fuzzy-c-means";
    }

    @Override
    public String description() {
        return "membership of the own cluster among the nearest ones, as in fuzzy c-means, + gamma";
    }

    @Override
    public Class<FuzzyCMeansOptions> optionsType() {
        return FuzzyCMeansOptions.class;
    }

    @Override
    public Uncertainty create(Options options) {
        var chosen = options.as(FuzzyCMeansOptions.class);
        return new MembershipWeights(
                trained -> new FuzzyMembership(chosen.exponent()),
                chosen.neighbours(),
                chosen.gamma(),
                chosen.normalize());
    }
}
