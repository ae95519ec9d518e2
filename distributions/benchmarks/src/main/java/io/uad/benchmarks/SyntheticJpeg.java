package io.uad.benchmarks;

import io.uad.api.Seed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A picture with soft waves and some noise, which costs a decoder about what a photo does. */
final class SyntheticJpeg {
    private SyntheticJpeg() {}

    /** The bytes of a file. */
    static byte[] of(int width, int height, Seed seed) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var noise = seed.integer((long) y * width + x, 24);
                var red = 116 + noise + (int) (100 * Math.sin(x / 17.0 + y / 41.0));
                var green = 116 + noise + (int) (100 * Math.sin(x / 29.0 - y / 13.0));
                var blue = 116 + noise + (int) (100 * Math.cos(x / 53.0) * Math.sin(y / 23.0));
                picture.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
