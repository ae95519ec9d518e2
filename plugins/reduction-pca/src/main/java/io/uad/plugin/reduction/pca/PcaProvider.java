package io.uad.plugin.reduction.pca;

import io.uad.api.Options;
import io.uad.api.reduction.Reduction;
import io.uad.api.reduction.ReductionProvider;

/** Registers {@code pca-whiten}. */
public final class PcaProvider implements ReductionProvider {
    @Override
    public String name() {
        return "pca-whiten";
    }

    @Override
    public String description() {
        return "PCA, each component scaled to equal variance, each row to length 1, as in DeepCluster";
    }

    @Override
    public Class<PcaOptions> optionsType() {
        return PcaOptions.class;
    }

    @Override
    public Reduction create(Options options) {
        return new Pca(options.as(PcaOptions.class));
    }
}
