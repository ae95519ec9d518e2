package io.uad.plugin.fusion.concat;

import io.uad.api.Options;
import io.uad.api.fusion.Fusion;
import io.uad.api.fusion.FusionProvider;

/** Registers {@code sum}. */
public final class SumProvider implements FusionProvider {
    @Override
    public String name() {
        return "sum";
    }

    @Override
    public String description() {
        return "The sum of both parts, each projected at random to one width";
    }

    @Override
    public Class<ProjectionOptions> optionsType() {
        return ProjectionOptions.class;
    }

    @Override
    public Fusion create(Options options) {
        var chosen = options.as(ProjectionOptions.class);
        return new LowAndHigh(chosen.low(), chosen.high(), Joint.of(chosen.width(), Combination::sum));
    }
}
