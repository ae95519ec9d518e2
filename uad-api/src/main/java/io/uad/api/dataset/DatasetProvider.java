package io.uad.api.dataset;

import io.uad.api.ComponentProvider;
import io.uad.api.UadException;
import java.io.IOException;

/**
 * Registers a dataset. Its options should have a key {@code path}: that is where {@code uad train DIR} and the probe put
 * their folder or file. If it has a key {@code labels}, the word {@code auto} there means those that lie beside it.
 *
 * @since 0.1
 */
public interface DatasetProvider extends ComponentProvider<Dataset> {
    /**
     * Begins to write a dataset of this kind: a copy of another one, as {@code uad dataset pack} makes it.
     *
     * @throws UadException of kind CONFIG if such datasets are only read, as by default
     * @throws IOException if its beginning cannot be written
     */
    default DatasetWriter writer(WriterRequest request) throws IOException {
        throw UadException.config(
                "datasets of this kind are not written by UAD",
                "dataset/" + name(),
                "one that is, such as packed",
                "Choose that one");
    }
}
