package io.uad.plugin.dataset.packed;

import io.uad.api.Options;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.dataset.DatasetWriter;
import io.uad.api.dataset.WriterRequest;
import java.io.IOException;

/** Registers {@code packed}. */
public final class PackedProvider implements DatasetProvider {
    @Override
    public String name() {
        return "packed";
    }

    @Override
    public String description() {
        return "Images in one memory-mapped file, a copy that 'uad dataset pack' makes of others";
    }

    @Override
    public Class<PackedOptions> optionsType() {
        return PackedOptions.class;
    }

    @Override
    public Dataset create(Options options) {
        return Packed.open(options.as(PackedOptions.class));
    }

    @Override
    public DatasetWriter writer(WriterRequest request) throws IOException {
        return new PackWriter(request);
    }
}
