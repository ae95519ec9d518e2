package io.uad.runtime.packing;

import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.image.BadImage;
import io.uad.runtime.image.BadImages;
import io.uad.runtime.image.ImageCopies;
import io.uad.runtime.image.ImageDecoder;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.listener.StopSignal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads and decodes every image of a dataset once, to find those that cannot be used. */
public final class ReadingCheck {
    private final RunConfig config;
    private final Dataset dataset;
    private final StopSignal stop = new StopSignal();

    /**
     * What was found.
     *
     * @param images how many there are
     * @param bad those that cannot be used
     */
    public record Result(int images, List<BadImage> bad) {}

    /** @throws UadException of kind CONFIG if the dataset holds no images; as the dataset throws it */
    public ReadingCheck(RunConfig config) {
        this.config = config;
        this.dataset = config.dataset().create(Dataset.class);
        if (dataset.summary().vectorLength().isPresent()) {
            throw UadException.config(
                    "it holds vectors", dataset.summary().location(), "images", "Name a dataset of images");
        }
    }

    /** Asks the work to end after the image in hand by a {@link java.util.concurrent.CancellationException}. */
    public void stop() {
        stop.raise();
    }

    /** Reads them all; bad ones are named as they are found. */
    public Result execute() {
        try (var listeners = Listeners.of(config)) {
            config.notices().forEach(listeners::notice);
            var all = IntStream.range(0, dataset.size()).toArray();
            var bad = new BadImages( // one more than there are: that all are bad is a result here
                    all.length + 1,
                    1,
                    dataset.summary().location(),
                    image -> listeners.notice(image.path() + ": " + image.reason()));
            read(all, bad, listeners);
            return new Result(all.length, List.copyOf(bad.all()));
        }
    }

    private void read(int[] all, BadImages bad, Listeners listeners) {
        var images = config.image();
        try (var copies = new ImageCopies(
                        dataset,
                        all,
                        new ImageDecoder(images.exifOrientation()),
                        Optional.empty(),
                        bad,
                        images.workerCount());
                var progress = new PackingProgress("verify", all.length, listeners, stop)) {
            for (var next = copies.next(); next.isPresent(); next = copies.next()) {
                progress.done(next.get().position() + 1);
            }
        }
    }
}
