package io.uad.plugin.decoder.leptonica;

import io.uad.api.Seed;
import io.uad.api.image.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/**
 * Something like a photograph: noise whose strength falls with its frequency, as that of natural images does, and edges.
 *
 * @param width in pixels
 * @param height in pixels
 */
record Photo(int width, int height) {
    private static final int COARSEST = 256;

    BufferedImage picture() {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (var channel = 0; channel < 3; channel++) {
            var values = new double[width * height];
            for (var cell = COARSEST; cell >= 2; cell /= 2) {
                add(values, cell, new Seed(channel).derive(cell));
            }
            for (var at = 0; at < values.length; at++) {
                var x = at % width;
                var y = at / width;
                var edge = (x / 97 + y / 131) % 2 == 0 ? 25 : -25;
                var value = (int) Math.round(Math.max(0, Math.min(255, 128 + edge + values[at])));
                picture.getRaster().setSample(x, y, channel, value);
            }
        }
        return picture;
    }

    /** Random values at the corners of cells, and between them what lies between; as strong as the root of the cell. */
    private void add(double[] values, int cell, Seed seed) {
        var columns = width / cell + 2;
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var corner = (long) (y / cell) * columns + x / cell;
                var right = (double) (x % cell) / cell;
                var down = (double) (y % cell) / cell;
                var above = mix(seed.uniform(corner), seed.uniform(corner + 1), right);
                var below = mix(seed.uniform(corner + columns), seed.uniform(corner + columns + 1), right);
                values[y * width + x] += 8 * Math.sqrt(cell) * (mix(above, below, down) - 0.5);
            }
        }
    }

    private static double mix(double one, double other, double share) {
        return one + (other - one) * share;
    }

    static byte[] jpeg(BufferedImage picture, boolean progressive) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(0.9f);
        how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        var file = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /** In full, by the JDK. */
    static Image decoded(byte[] jpeg) throws IOException {
        var picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        var pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        var rgb = new byte[pixels.length * 3];
        for (var at = 0; at < rgb.length; at++) {
            rgb[at] = (byte) (pixels[at / 3] >>> (16 - 8 * (at % 3)));
        }
        return new Image(picture.getWidth(), picture.getHeight(), rgb);
    }
}
