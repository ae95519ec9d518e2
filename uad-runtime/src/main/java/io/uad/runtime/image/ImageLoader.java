package io.uad.runtime.image;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.image.Normalization;
import io.uad.api.image.View;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Reads, decodes and cuts out the images of a dataset, ahead of who consumes them. Vectors are read the same way and
 * handed on as they are. What comes out does not depend on the number of workers.
 */
public final class ImageLoader {
    /** How many times as large as its view an image may be that is handed on whole: what is prepared ahead stays bounded. */
    public static final long MOST_PIXELS = 4;

    private final Dataset dataset;
    private final ImageDecoder decoder;
    private final BadImages bad;
    private final Settings settings;
    private final ImageCache cache;
    private final ImageConsumer consumer;
    private final boolean holdsVectors;
    private final LongAdder waitedNanos = new LongAdder();

    /**
     * How much is done at once.
     *
     * @param workers threads, 1 or more
     * @param prefetch how many batches are prepared ahead, 1 or more; bounds the memory to that many batches of views and
     *     one decoded image per worker, for a consumer that takes views to one batch more, of up to 4 times
     *     the pixels
     * @param cacheBytes how many bytes of decoded images are kept for the next pass, 0 for none
     */
    public record Settings(int workers, int prefetch, long cacheBytes) {
        public Settings {
            if (workers < 1 || prefetch < 1 || cacheBytes < 0) {
                throw new IllegalArgumentException(
                        "workers and prefetch must be 1 or more and cacheBytes 0 or more, were " + workers + ", "
                                + prefetch + " and " + cacheBytes);
            }
        }
    }

    /**
     * @param dataset which keeps what its summary says of its contents; a plugin's guard sees to that
     * @param bad is asked before a sample is read and told of those that cannot be used
     * @param consumer of all passes
     */
    public ImageLoader(
            Dataset dataset, ImageDecoder decoder, BadImages bad, Settings settings, ImageConsumer consumer) {
        this.dataset = dataset;
        this.decoder = decoder;
        this.bad = bad;
        this.settings = settings;
        this.consumer = consumer;
        this.cache = new ImageCache(settings.cacheBytes());
        this.holdsVectors = dataset.summary().vectorLength().isPresent();
    }

    /** What is known of unusable samples. */
    public BadImages bad() {
        return bad;
    }

    /** How long whoever consumes images has waited for them so far, all passes together. */
    public double waitedSeconds() {
        return waitedNanos.sum() / 1e9;
    }

    /** All samples in the dataset's order. */
    public ImageStream all(ViewChooser views, Normalization normalization, int batch) {
        return open(IntStream.range(0, dataset.size()).toArray(), 0, views, normalization, batch);
    }

    /**
     * The given samples in the given order.
     *
     * @param order indices of samples; may repeat; not copied
     * @param start the position in {@code order} to begin at: 0, or where a pass was interrupted
     * @param views of images; vectors have none
     * @param normalization of images
     * @param batch samples per batch; every batch but the last has that many
     */
    public ImageStream open(int[] order, int start, ViewChooser views, Normalization normalization, int batch) {
        if (start < 0 || start > order.length || batch < 1) {
            throw new IllegalArgumentException("start must lie in 0.." + order.length + " and batch be 1 or more, were "
                    + start + " and " + batch);
        }
        return new ImageStream(
                (position, index) -> load(position, index, views),
                bad,
                order,
                start,
                normalization,
                batch,
                settings,
                consumer.upcoming(),
                waitedNanos);
    }

    /** One row, or what is wrong with it. Runs in a worker. */
    private Row load(long position, int index, ViewChooser views) {
        try {
            if (holdsVectors) {
                return new Row.Vector(((Content.Vector) dataset.read(index)).values());
            }
            var image = image(position, index, views);
            return row(image, views.choose(position, image.width(), image.height()));
        } catch (IOException e) {
            return new Row.Bad(BadImage.of(dataset, index, e));
        } catch (OutOfMemoryError e) {
            throw tooLarge(dataset, index, e);
        }
    }

    private Row row(DecodedImage image, List<View> views) {
        if (consumer.takesViews() && image.isWhole() && isSmall(image, views)) {
            return new Row.Views(Collections.nCopies(views.size(), image.image()), views);
        }
        var whole = View.whole(views.get(0).side());
        return new Row.Views(views.stream().map(image::apply).toList(), Collections.nCopies(views.size(), whole));
    }

    private static boolean isSmall(DecodedImage image, List<View> views) {
        var side = (long) views.get(0).side();
        return (long) image.width() * image.height() <= MOST_PIXELS * side * side;
    }

    static UadException tooLarge(Dataset dataset, int index, OutOfMemoryError e) {
        return new UadException(
                ErrorKind.RESOURCE,
                "the memory does not suffice to decode it",
                dataset.sample(index).path(),
                "",
                "Give Java more memory (-Xmx), or use fewer workers or a smaller batch",
                e);
    }

    private DecodedImage image(long position, int index, ViewChooser views) throws IOException {
        var known = cache.find(index);
        if (known != null && decoder.wouldGive(known, (width, height) -> views.choose(position, width, height))) {
            return known;
        }
        var content = dataset.read(index);
        var image = content instanceof Content.Encoded encoded
                ? decoder.decode(encoded.bytes(), (width, height) -> views.choose(position, width, height))
                : DecodedImage.whole(((Content.Decoded) content).image());
        cache.offer(index, image);
        return image;
    }
}
