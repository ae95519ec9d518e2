package io.uad.plugin.fusion.concat;

import io.uad.api.Options;
import io.uad.api.fusion.Fusion;
import io.uad.api.fusion.FusionProvider;

/** Registers {@code high-only}. */
public final class HighOnlyProvider implements FusionProvider {
    @Override
    public String name() {
        return "high-only";
    }

    @Override
    public String description() {
        return "One high-level tap alone, as in DeepCluster (Caron et al., ECCV 2018)";
    }

    @Override
    public Class<HighOnlyOptions> optionsType() {
        return HighOnlyOptions.class;
    }

    @Override
    public Fusion create(Options options) {
        return new HighOnly(options.as(HighOnlyOptions.class).tap());
    }
}
