package io.uad.runtime.engine;

import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.util.Objects;

/** Samples of a dataset at equal distances, as many as are wanted. */
record PartOfDataset(Dataset whole, int size) implements Dataset {
    /** @param most how many, or all if there are fewer */
    static Dataset of(Dataset whole, int most) {
        return whole.size() <= most ? whole : new PartOfDataset(whole, most);
    }

    @Override
    public DatasetSummary summary() {
        return whole.summary();
    }

    @Override
    public Sample sample(int index) {
        return whole.sample(inWhole(index));
    }

    @Override
    public Content read(int index) throws IOException {
        return whole.read(inWhole(index));
    }

    private int inWhole(int index) {
        return (int) ((long) Objects.checkIndex(index, size) * whole.size() / size);
    }
}
