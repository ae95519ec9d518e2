package io.uad.plugin.fusion.concat;

import io.uad.api.Options;
import io.uad.api.fusion.Fusion;
import io.uad.api.fusion.FusionProvider;

/** Registers {@code balanced-concat}. */
public final class BalancedConcatProvider implements FusionProvider {
    @Override
    public String name() {
        return "balanced-concat";
    }

    @Override
    public String description() {
        return "As concat, each part with an equal share of the variance";
    }

    @Override
    public Class<ConcatOptions> optionsType() {
        return ConcatOptions.class;
    }

    @Override
    public Fusion create(Options options) {
        var chosen = options.as(ConcatOptions.class);
        return new LowAndHigh(chosen.low(), chosen.high(), (low, high, seed) -> SideBySide.of(low, high, true));
    }
}
