package io.uad.plugin.dataset.packed;

import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import io.uad.api.image.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/** Hands out the images of a packed file: pixels in one copy, or encoded files as they are. */
final class Packed implements Dataset {
    private final PackFile file;
    private final DatasetSummary summary;

    private Packed(PackFile file, DatasetSummary summary) {
        this.file = file;
        this.summary = summary;
    }

    /** @throws io.uad.api.UadException of kind DATA if it cannot be used, or is no copy of its original any more */
    static Packed open(PackedOptions options) {
        var path = Path.of(options.path());
        var file = PackFile.open(path);
        if (options.check() == PackedOptions.Check.ORIGINAL) {
            new Staleness(path, file).refuse();
        }
        var description = file.description();
        var summary = new DatasetSummary(
                path.toString(),
                description.classes(),
                0,
                description.fingerprint(),
                OptionalInt.empty(),
                description.details());
        return new Packed(file, summary);
    }

    @Override
    public DatasetSummary summary() {
        return summary;
    }

    @Override
    public int size() {
        return file.images();
    }

    @Override
    public Sample sample(int index) {
        try {
            var entry = file.entry(Objects.checkIndex(index, file.images()));
            return new Sample(file.name(entry), entry.label());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Content read(int index) throws IOException {
        var entry = file.entry(Objects.checkIndex(index, file.images()));
        var bytes = file.content(entry);
        return entry.width() == 0
                ? new Content.Encoded(bytes)
                : new Content.Decoded(new Image(entry.width(), entry.height(), bytes));
    }
}
