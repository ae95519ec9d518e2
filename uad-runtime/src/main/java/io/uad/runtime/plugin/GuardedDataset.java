package io.uad.runtime.plugin;

import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import java.io.IOException;

/** A dataset whose failures name it; a sample that cannot be read is none. */
record GuardedDataset(RegisteredComponent component, Dataset dataset) implements Dataset {
    @Override
    public DatasetSummary summary() {
        return PluginContract.guard(component, "summary()", dataset::summary);
    }

    @Override
    public int size() {
        return PluginContract.guard(component, "size()", dataset::size);
    }

    @Override
    public Sample sample(int index) {
        return PluginContract.guard(component, "sample()", () -> dataset.sample(index));
    }

    @Override
    public Content read(int index) throws IOException {
        return PluginContract.guard(component, "read()", IOException.class, () -> dataset.read(index));
    }
}
