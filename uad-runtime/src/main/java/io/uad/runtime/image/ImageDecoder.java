package io.uad.runtime.image;

import io.uad.api.UadException;
import io.uad.api.image.Image;
import io.uad.api.image.ScaledDecoder;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Decodes JPEG, PNG, BMP, GIF, WebP and TIFF files to what Pillow's {@code convert("RGB")} makes of them.
 *
 * <p>Grays and palettes are expanded, alpha is dropped and not blended, colour profiles are ignored, CMYK is multiplied
 * out, and of several pictures the first is taken. One difference on purpose: 16-bit samples are scaled to 8 bits, where
 * Pillow clips some of them. The kind of file is told by its content, not by its name. Where the user chose a decoder for
 * that, large JPEG files are decoded at a fraction of their size. Instances have no state and serve several threads.
 */
public final class ImageDecoder {
    /** Pillow refuses larger ones too, as a file of a few bytes may claim any size. */
    static final long MOST_PIXELS = 178_956_970;

    private final boolean applyOrientation;
    private final Optional<ReducingDecoder> reducing;

    /** As {@link #ImageDecoder(boolean, Optional)}, without a decoder of reduced images. */
    public ImageDecoder(boolean applyOrientation) {
        this(applyOrientation, Optional.empty());
    }

    /**
     * @param applyOrientation whether an image is turned as its EXIF tag says; torchvision does not
     * @param scaled what decodes JPEG files at a fraction of their size where that is enough
     */
    public ImageDecoder(boolean applyOrientation, Optional<ScaledDecoder> scaled) {
        this.applyOrientation = applyOrientation;
        this.reducing = scaled.map(ReducingDecoder::new);
    }

    /**
     * Decodes one file in full.
     *
     * @throws IOException if it is no image, is damaged or cut short, or has more than 178,956,970 pixels; the message is
     *     one sentence for the user
     */
    public Image decode(byte[] file) throws IOException {
        return readable(file, format -> {
            var image = format == ImageFormat.JPEG ? JpegDecoder.decode(file) : RasterDecoder.decode(format, file);
            return orientation(file).apply(image);
        });
    }

    /**
     * Decodes one file at the size that its views need.
     *
     * @return the whole image, or a reduction of it where there is a decoder of these and the views are small enough
     * @throws IOException as {@link #decode(byte[])}
     */
    DecodedImage decode(byte[] file, ReducingDecoder.Wanted views) throws IOException {
        if (reducing.isEmpty()) {
            return DecodedImage.whole(decode(file));
        }
        return readable(
                file,
                format -> format == ImageFormat.JPEG
                        ? reducing.get().decode(file, orientation(file), views)
                        : DecodedImage.whole(orientation(file).apply(RasterDecoder.decode(format, file))));
    }

    /** Whether that is what decoding an image for these views would give. */
    boolean wouldGive(DecodedImage image, ReducingDecoder.Wanted views) {
        return reducing.isEmpty()
                || image.serves(DecodedImage.ANY)
                || image.serves(reducing.get().reduction(views.of(image.width(), image.height())));
    }

    private Orientation orientation(byte[] file) {
        return applyOrientation ? Orientation.of(file) : Orientation.UPRIGHT;
    }

    /** Work on a file. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(ImageFormat format) throws IOException;
    }

    private static <T> T readable(byte[] file, Reading<T> reading) throws IOException {
        if (file.length == 0) {
            throw new IOException("the file is empty");
        }
        var format = ImageFormat.of(file);
        try {
            return reading.of(format);
        } catch (UadException | CancellationException e) { // of a plugin, which says more by itself
            throw e;
        } catch (RuntimeException e) { // what readers throw at broken files
            throw new IOException(format.label() + " data that cannot be decoded", e);
        }
    }

    /** Refuses an image before memory is asked for. */
    static void checkSize(long width, long height) throws IOException {
        if (width < 1 || height < 1) {
            throw new IOException("an image of " + width + "x" + height + " pixels");
        }
        if (width > MOST_PIXELS / height) {
            throw new IOException("claims to be " + width + "x" + height + " pixels, more than " + MOST_PIXELS);
        }
    }
}
