package io.uad.plugin.fusion.concat;

import io.uad.api.Options;
import io.uad.api.fusion.Fusion;
import io.uad.api.fusion.FusionProvider;

/** Registers {@code matrix}. */
public final class MatrixProvider implements FusionProvider {
    @Override
    public String name() {
        return "matrix";
    }

    @Override
    public String description() {
        return "The outer product of both parts, each projected at random to one width";
    }

    @Override
    public Class<MatrixOptions> optionsType() {
        return MatrixOptions.class;
    }

    @Override
    public Fusion create(Options options) {
        var chosen = options.as(MatrixOptions.class);
        return new LowAndHigh(
                chosen.low(),
                chosen.high(),
                Joint.of(chosen.width(), chosen.width() * chosen.width(), Combination::outer));
    }
}
