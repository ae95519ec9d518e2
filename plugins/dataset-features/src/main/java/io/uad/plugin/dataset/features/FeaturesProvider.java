package io.uad.plugin.dataset.features;

import io.uad.api.Options;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;

/** Registers {@code features}. */
public final class FeaturesProvider implements DatasetProvider {
    @Override
    public String name() {
        return "features";
    }

    @Override
    public String description() {
        return "The rows of a matrix in a NumPy file, for other data than images; a backbone such as mlp takes them";
    }

    @Override
    public Class<FeaturesOptions> optionsType() {
        return FeaturesOptions.class;
    }

    @Override
    public Dataset create(Options options) {
        return Features.open(options.as(FeaturesOptions.class));
    }
}
