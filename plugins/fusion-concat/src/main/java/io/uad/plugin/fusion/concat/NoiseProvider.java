package io.uad.plugin.fusion.concat;

import io.uad.api.Options;
import io.uad.api.fusion.Fusion;
import io.uad.api.fusion.FusionProvider;

/** Registers {@code noise}. */
public final class NoiseProvider implements FusionProvider {
    @Override
    public String name() {
        return "noise";
    }

    @Override
    public String description() {
        return "As sum, with Gaussian noise";
    }

    @Override
    public Class<NoiseOptions> optionsType() {
        return NoiseOptions.class;
    }

    @Override
    public Fusion create(Options options) {
        var chosen = options.as(NoiseOptions.class);
        return new LowAndHigh(
                chosen.low(), chosen.high(), Joint.of(chosen.width(), Combination.noisySum(chosen.scale())));
    }
}
