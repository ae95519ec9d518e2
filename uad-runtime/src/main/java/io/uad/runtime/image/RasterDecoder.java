package io.uad.runtime.image;

import io.uad.api.image.Image;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes every kind of file but JPEG: an ImageIO reader makes a raster, {@link Pixels} makes RGB of it. */
final class RasterDecoder {
    private RasterDecoder() {}

    static Image decode(ImageFormat format, byte[] file) throws IOException {
        checkHeader(format, file);
        var reader = format.reader();
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            var gif = format == ImageFormat.GIF;
            reader.setInput(stream, true, !gif); // a GIF's frame needs its metadata
            ImageDecoder.checkSize(reader.getWidth(0), reader.getHeight(0));
            var raster = reader.read(0);
            var image = Pixels.rgb(raster);
            return gif && raster.getColorModel() instanceof IndexColorModel palette
                    ? onScreen(image, reader, file, palette.getRGB(Math.max(0, palette.getTransparentPixel())))
                    : image;
        } catch (EOFException e) {
            throw new IOException(format.label() + " data cut short", e);
        } catch (IIOException e) {
            var cut = e.getCause() instanceof EOFException;
            throw new IOException(format.label() + (cut ? " data cut short" : " data that cannot be decoded"), e);
        } finally {
            reader.dispose();
        }
    }

    /** What the readers themselves miss, or say in many words. */
    private static void checkHeader(ImageFormat format, byte[] file) throws IOException {
        if (format == ImageFormat.PNG && file.length >= 24) {
            ImageDecoder.checkSize(
                    Integer.toUnsignedLong(ByteBuffer.wrap(file).getInt(16)),
                    Integer.toUnsignedLong(ByteBuffer.wrap(file).getInt(20)));
        }
        if (format == ImageFormat.WEBP
                && file.length < 8L + Integer.reverseBytes(ByteBuffer.wrap(file).getInt(4))) {
            throw new IOException("WebP data cut short");
        }
    }

    /** The first frame on the screen that the file announces; what it leaves free has the transparent or first color. */
    private static Image onScreen(Image frame, ImageReader reader, byte[] file, int color) throws IOException {
        var tree = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
        var place =
                (IIOMetadataNode) tree.getElementsByTagName("ImageDescriptor").item(0);
        var left = Integer.parseInt(place.getAttribute("imageLeftPosition"));
        var top = Integer.parseInt(place.getAttribute("imageTopPosition"));
        var width = Math.max(word(file, 6), left + frame.width());
        var height = Math.max(word(file, 8), top + frame.height());
        if (width == frame.width() && height == frame.height()) {
            return frame;
        }
        ImageDecoder.checkSize(width, height);
        var rgb = new byte[width * height * 3];
        for (var at = 0; at < rgb.length; at += 3) {
            rgb[at] = (byte) (color >> 16);
            rgb[at + 1] = (byte) (color >> 8);
            rgb[at + 2] = (byte) color;
        }
        var line = frame.width() * 3;
        for (var y = 0; y < frame.height(); y++) {
            System.arraycopy(frame.rgb(), y * line, rgb, ((top + y) * width + left) * 3, line);
        }
        return new Image(width, height, rgb);
    }

    private static int word(byte[] file, int at) {
        return (file[at] & 0xFF) | ((file[at + 1] & 0xFF) << 8);
    }
}
