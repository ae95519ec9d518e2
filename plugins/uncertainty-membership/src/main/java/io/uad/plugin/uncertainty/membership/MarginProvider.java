package io.uad.plugin.uncertainty.membership;

import io.uad.api.Options;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.api.uncertainty.UncertaintyProvider;

/** Registers {@code margin}. */
public final class MarginProvider implements UncertaintyProvider {
    private static final int NEAREST_TWO = 2;

    @Override
    public String name() {
        return "margin";
    }

    @Override
    public String description() {
        return "how much farther the next centroid lies than the own, as a share from 0 to 1, + gamma";
    }

    @Override
    public Class<MarginOptions> optionsType() {
        return MarginOptions.class;
    }

    @Override
    public Uncertainty create(Options options) {
        var chosen = options.as(MarginOptions.class);
        return new MembershipWeights(trained -> new NearestMargin(), NEAREST_TWO, chosen.gamma(), chosen.normalize());
    }
}
