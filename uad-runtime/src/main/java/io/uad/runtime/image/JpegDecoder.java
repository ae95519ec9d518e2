package io.uad.runtime.image;

import io.uad.api.image.Image;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes JPEG files with the JDK's libjpeg: slow integer transform, smooth chroma, as Pillow's does. */
final class JpegDecoder {
    private JpegDecoder() {}

    static Image decode(byte[] bytes) throws IOException {
        var file = JpegFile.of(bytes);
        ImageDecoder.checkSize(file.width(), file.height());
        return decode(file);
    }

    /** @param file of a size that was checked */
    static Image decode(JpegFile file) throws IOException {
        var reader = ImageFormat.JPEG.reader();
        var warnings = new ArrayList<String>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file.stream()))) {
            reader.setInput(stream, true, true);
            var image = decode(reader, file);
            if (warnings.stream().anyMatch(warning -> warning.contains("premature end"))) {
                throw new IOException("JPEG data cut short");
            }
            return image;
        } catch (IIOException e) {
            throw new IOException("JPEG data that cannot be decoded", e);
        } finally {
            reader.dispose();
        }
    }

    private static Image decode(ImageReader reader, JpegFile file) throws IOException {
        var width = file.width();
        var height = file.height();
        var rgb = new byte[width * height * 3];
        switch (file.colors()) {
            case YCBCR, RGB -> readInto(rgb, reader, width, height, ColorSpace.CS_sRGB, new int[] {0, 1, 2});
            case GRAY -> {
                var gray = new byte[width * height];
                readInto(gray, reader, width, height, ColorSpace.CS_GRAY, new int[] {0});
                for (int i = 0, at = 0; i < gray.length; i++) {
                    rgb[at++] = gray[i];
                    rgb[at++] = gray[i];
                    rgb[at++] = gray[i];
                }
            }
            case CMYK, YCCK -> {
                var raster = reader.readRaster(0, reader.getDefaultReadParam());
                var row = new int[width * 4];
                for (var y = 0; y < height; y++) {
                    raster.getPixels(0, y, width, 1, row);
                    for (int x = 0, at = y * width * 3; x < width; x++, at += 3) {
                        if (file.colors() == JpegFile.Colors.YCCK) {
                            toInks(row, 4 * x);
                        } else {
                            for (var ink = 0; ink < 3; ink++) { // Adobe stores the light that is left
                                row[4 * x + ink] = 255 - row[4 * x + ink];
                            }
                        }
                        Pixels.printInks(row, 4 * x, row[4 * x + 3], rgb, at);
                    }
                }
            }
        }
        return new Image(width, height, rgb);
    }

    /** Lets the reader write to the array itself: its own images would have to be copied, blue first. */
    private static void readInto(byte[] target, ImageReader reader, int width, int height, int space, int[] bands)
            throws IOException {
        var buffer = new DataBufferByte(target, target.length);
        var raster =
                Raster.createInterleavedRaster(buffer, width, height, width * bands.length, bands.length, bands, null);
        var model = new ComponentColorModel(
                ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        var how = reader.getDefaultReadParam();
        how.setDestination(new BufferedImage(model, raster, false, null));
        reader.read(0, how);
    }

    /** YCC to the inks cyan, magenta and yellow, in libjpeg's fixed-point arithmetic; stored inks are inverted ones. */
    private static void toInks(int[] ycck, int at) {
        var y = ycck[at];
        var cb = ycck[at + 1] - 128;
        var cr = ycck[at + 2] - 128;
        var half = 1 << 15;
        ycck[at] = clip(y + ((91881 * cr + half) >> 16)); // 1.402
        ycck[at + 1] = clip(y + ((-22554 * cb - 46802 * cr + half) >> 16)); // 0.34414, 0.71414
        ycck[at + 2] = clip(y + ((116130 * cb + half) >> 16)); // 1.772
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
