package io.uad.runtime.image;

import io.uad.api.image.Image;
import java.io.IOException;

/**
 * Decodes JPEG, PNG, BMP, GIF, WebP and TIFF files to what Pillow's {@code convert("RGB")} makes of them.
 *
 * <p>Grays and palettes are expanded, alpha is dropped and not blended, colour profiles are ignored, CMYK is multiplied
 * out, and of several pictures the first is taken. One difference on purpose: 16-bit samples are scaled to 8 bits, where
 * Pillow clips some of them. The kind of file is told by its content, not by its name. Instances have no state and serve
 * several threads.
 */
public final class ImageDecoder {
    /** Pillow refuses larger ones too, as a file of a few bytes may claim any size. */
    static final long MOST_PIXELS = 178_956_970;

    private final boolean applyOrientation;

    /** @param applyOrientation whether an image is turned as its EXIF tag says; torchvision does not */
    public ImageDecoder(boolean applyOrientation) {
        this.applyOrientation = applyOrientation;
    }

    /**
     * Decodes one file.
     *
     * @throws IOException if it is no image, is damaged or cut short, or has more than 178,956,970 pixels; the message is
     *     one sentence for the user
     */
    public Image decode(byte[] file) throws IOException {
        if (file.length == 0) {
            throw new IOException("the file is empty");
        }
        var format = ImageFormat.of(file);
        Image image;
        try {
            image = format == ImageFormat.JPEG ? JpegDecoder.decode(file) : RasterDecoder.decode(format, file);
        } catch (RuntimeException e) { // what readers throw at broken files
            throw new IOException(format.label() + " data that cannot be decoded", e);
        }
        return applyOrientation ? Orientation.of(file).apply(image) : image;
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
