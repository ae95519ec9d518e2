package io.uad.runtime.inference;

import io.uad.api.dataset.Dataset;
import io.uad.api.image.Normalization;
import io.uad.api.image.ScaledDecoder;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.image.BadImages;
import io.uad.runtime.image.ImageConsumer;
import io.uad.runtime.image.ImageDecoder;
import io.uad.runtime.image.ImageLoader;
import io.uad.runtime.image.ImageStream;
import io.uad.runtime.image.ViewChooser;
import io.uad.runtime.listener.Listeners;

/**
 * The images of a dataset and how they are read.
 *
 * @param side of the square that the network sees, in pixels
 */
public record Images(Dataset dataset, ImageLoader loader, int side) {
    /** How many batches are prepared ahead of the one in use. */
    public static final int PREFETCHED_BATCHES = 3;

    /**
     * Images that a configuration says how to read. Those that cannot be read are left out and named.
     *
     * @param cacheBytes how many bytes of decoded images are kept for the next pass
     * @param consumer of what is read
     */
    public static Images of(
            RunConfig config, Dataset dataset, long cacheBytes, ImageConsumer consumer, Listeners listeners) {
        var bad = bad(config, dataset, listeners);
        var settings = new ImageLoader.Settings(config.image().workerCount(), PREFETCHED_BATCHES, cacheBytes);
        var scaled = config.decoder().map(decoder -> decoder.create(ScaledDecoder.class));
        var decoder = new ImageDecoder(config.image().exifOrientation(), scaled);
        var loader = new ImageLoader(dataset, decoder, bad, settings, consumer);
        return new Images(dataset, loader, config.image().size());
    }

    /** As many as the configuration allows may be bad; each is named once. */
    public static BadImages bad(RunConfig config, Dataset dataset, Listeners listeners) {
        return new BadImages(
                dataset.size(),
                config.image().maxBadShare(),
                dataset.summary().location(),
                image -> listeners.notice("left out " + image.path() + ": " + image.reason()));
    }

    /** All of them in the dataset's order, resized and cut out of the centre. */
    public ImageStream centred(int batch) {
        return loader.all(ViewChooser.evaluation(side), Normalization.IMAGENET, batch);
    }

    /** Some of them in the given order, resized and cut out of the centre. */
    public ImageStream centred(int[] samples, int batch) {
        return loader.open(samples, 0, ViewChooser.evaluation(side), Normalization.IMAGENET, batch);
    }

    /** N, unreadable ones included. */
    public int count() {
        return dataset.size();
    }
}
