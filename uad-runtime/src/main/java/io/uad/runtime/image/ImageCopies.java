package io.uad.runtime.image;

import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.image.Image;
import io.uad.api.image.Resampler;
import io.uad.runtime.image.StoredForm.Encoding;
import io.uad.runtime.image.Views.Resized;
import java.io.IOException;
import java.util.Optional;

/**
 * The images of a dataset as a copy stores them, or whether they can be read at all, in order and made by several threads ahead
 * of who takes them. To be used by one thread, and closed.
 */
public final class ImageCopies implements AutoCloseable {
    private static final int AHEAD_PER_THREAD = 4;

    private final Dataset dataset;
    private final ImageDecoder decoder;
    private final Optional<StoredForm> form;
    private final BadImages bad;
    private final ReadAhead<Made> made;

    /**
     * What became of one image.
     *
     * @param index in the dataset
     * @param position in the order
     * @param content empty if the image cannot be used, or only that was asked
     */
    public record Copy(int index, int position, Optional<Content> content) {}

    private sealed interface Made {
        record Good(Copy copy) implements Made {}

        record Bad(BadImage image) implements Made {}
    }

    /**
     * @param dataset of images
     * @param order indices of samples; not copied
     * @param form empty to read and decode them only
     * @param bad is told of those that cannot be used, which are left out
     * @param workers threads, 1 or more
     */
    public ImageCopies(
            Dataset dataset, int[] order, ImageDecoder decoder, Optional<StoredForm> form, BadImages bad, int workers) {
        this.dataset = dataset;
        this.decoder = decoder;
        this.form = form;
        this.bad = bad;
        this.made = new ReadAhead<>(this::copy, order, 0, bad::contains, workers, ahead(form, workers));
    }

    /** Images of any size are not to pile up in memory. */
    private static int ahead(Optional<StoredForm> form, int workers) {
        var keepsSize = form.filter(stored -> stored.shortSide().isEmpty()).isPresent();
        return keepsSize ? workers + 1 : AHEAD_PER_THREAD * workers;
    }

    /**
     * The next one, whether it can be used or not; empty at the end.
     *
     * @throws io.uad.api.UadException if a worker failed or too many images are bad
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public Optional<Copy> next() {
        var done = made.next();
        if (done == null) {
            return Optional.empty();
        }
        if (done.result() instanceof Made.Good good) {
            return Optional.of(good.copy());
        }
        var image = ((Made.Bad) done.result()).image();
        bad.add(image);
        return Optional.of(new Copy(image.index(), done.position(), Optional.empty()));
    }

    @Override
    public void close() {
        made.close();
    }

    /** Runs in a worker. */
    private Made copy(long position, int index) {
        try {
            return new Made.Good(new Copy(index, Math.toIntExact(position), copy(dataset.read(index))));
        } catch (IOException e) {
            return new Made.Bad(BadImage.of(dataset, index, e));
        } catch (OutOfMemoryError e) {
            throw ImageLoader.tooLarge(dataset, index, e);
        }
    }

    private Optional<Content> copy(Content content) throws IOException {
        var image = content instanceof Content.Encoded encoded
                ? decoder.decode(encoded.bytes())
                : ((Content.Decoded) content).image();
        return form.isEmpty() ? Optional.empty() : Optional.of(stored(content, image, form.get()));
    }

    private static Content stored(Content content, Image image, StoredForm form) throws IOException {
        var resized = resized(image, form);
        return content instanceof Content.Encoded encoded
                        && resized == image
                        && form.encoding() == Encoding.JPEG
                        && isUprightJpeg(encoded.bytes())
                ? encoded
                : stored(resized, form);
    }

    private static Image resized(Image image, StoredForm form) {
        if (form.shortSide().isEmpty() || form.shortSide().getAsInt() >= Math.min(image.width(), image.height())) {
            return image;
        }
        var size = Resized.to(form.shortSide().getAsInt(), image.width(), image.height());
        return Resampler.resize(image, size.width(), size.height());
    }

    private static Content stored(Image image, StoredForm form) throws IOException {
        return form.encoding() == Encoding.RAW
                ? new Content.Decoded(image)
                : new Content.Encoded(JpegEncoder.encode(image, form.quality()));
    }

    /** Whether a file may be kept: how it is turned is decided when it is copied, and it would be turned again. */
    private static boolean isUprightJpeg(byte[] file) throws IOException {
        return ImageFormat.of(file) == ImageFormat.JPEG && Orientation.of(file).isUpright();
    }
}
