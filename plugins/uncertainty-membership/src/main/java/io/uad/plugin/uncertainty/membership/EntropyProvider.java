package io.uad.plugin.uncertainty.membership;

import io.uad.api.Options;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.api.uncertainty.UncertaintyProvider;

/** Registers {@code entropy}. */
public final class EntropyProvider implements UncertaintyProvider {
    @Override
    public String name() {
        return "entropy";
    }

    @Override
    public String description() {
        return "1 - entropy of the soft assignment to the nearest clusters, scaled to 0..1, + gamma";
    }

    @Override
    public Class<EntropyOptions> optionsType() {
        return EntropyOptions.class;
    }

    @Override
    public Uncertainty create(Options options) {
        var chosen = options.as(EntropyOptions.class);
        return new MembershipWeights(
                trained -> SoftEntropy.of(chosen.temperature(), trained),
                chosen.neighbours(),
                chosen.gamma(),
                chosen.normalize());
    }
}
