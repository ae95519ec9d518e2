package io.uad.runtime.plugin;

import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A dataset whose failures name it, and whose contents are checked; a sample that cannot be read is none. */
final class GuardedDataset implements Dataset {
    private final RegisteredComponent component;
    private final Dataset dataset;
    /** Of the vectors that it holds, which does not change; null until the first is read. */
    private volatile @Nullable OptionalInt vectorLength;

    GuardedDataset(RegisteredComponent component, Dataset dataset) {
        this.component = component;
        this.dataset = dataset;
    }

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
        var content = PluginContract.guard(component, "read()", IOException.class, () -> dataset.read(index));
        var length = vectorLength;
        if (length == null) {
            length = summary().vectorLength();
            vectorLength = length;
        }
        PluginContract.check(component, content, length, () -> sample(index).path());
        return content;
    }
}
