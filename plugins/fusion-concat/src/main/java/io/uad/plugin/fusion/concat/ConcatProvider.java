package io.uad.plugin.fusion.concat;

import io.uad.api.Options;
import io.uad.api.fusion.Fusion;
import io.uad.api.fusion.FusionProvider;

/** Registers {@code concat}. */
public final class ConcatProvider implements FusionProvider {
    @Override
    public String name() {
        return "concat";
    }

    @Override
    public String description() {
        return "Some channels of a low-level tap beside a high-level tap, as in UAD";
    }

    @Override
    public Class<ConcatOptions> optionsType() {
        return ConcatOptions.class;
    }

    @Override
    public Fusion create(Options options) {
        var chosen = options.as(ConcatOptions.class);
        return new LowAndHigh(chosen.low(), chosen.high(), (low, high, seed) -> SideBySide.of(low, high, false));
    }
}
