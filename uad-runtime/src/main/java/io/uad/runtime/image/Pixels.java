package io.uad.runtime.image;

import io.uad.api.image.Image;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/** Makes RGB of a raster's own samples, without the colour conversions of {@link BufferedImage#getRGB}. */
final class Pixels {
    private Pixels() {}

    static Image rgb(BufferedImage image) throws IOException {
        var raster = image.getRaster();
        var model = image.getColorModel();
        var width = image.getWidth();
        var rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, image.getHeight()), 3)];
        var samples = new Samples(raster);
        var bands = raster.getNumBands();
        var cmyk = bands >= 4 && model.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
        var palette = model instanceof IndexColorModel index ? colors(index) : null;
        var levels = palette == null ? levels(raster) : new byte[0][];
        var green = bands >= 3 ? 1 : 0;
        var blue = bands >= 3 ? 2 : 0;
        for (int y = 0, at = 0; y < image.getHeight(); y++) {
            var row = samples.row(y);
            for (int x = 0, from = 0; x < width; x++, from += bands, at += 3) {
                if (palette != null) {
                    System.arraycopy(palette, row[from] * 3, rgb, at, 3);
                } else if (cmyk) {
                    for (var ink = 0; ink < 4; ink++) {
                        row[from + ink] = levels[ink][row[from + ink]] & 0xFF;
                    }
                    printInks(row, from, 255 - row[from + 3], rgb, at);
                } else { // gray or RGB; a band more is alpha
                    rgb[at] = levels[0][row[from]];
                    rgb[at + 1] = levels[green][row[from + green]];
                    rgb[at + 2] = levels[blue][row[from + blue]];
                }
            }
        }
        return new Image(width, image.getHeight(), rgb);
    }

    /**
     * Pillow's way from inks to light: {@code white - ink * white / 255}, rounded.
     *
     * @param inks cyan, magenta and yellow from {@code from} on
     * @param white 255 less the black ink
     */
    static void printInks(int[] inks, int from, int white, byte[] rgb, int at) {
        for (var ink = 0; ink < 3; ink++) {
            rgb[at + ink] = (byte) (white - (inks[from + ink] * white + 127) / 255);
        }
    }

    private static byte[] colors(IndexColorModel model) {
        var colors = new byte[(1 << model.getPixelSize()) * 3]; // any index has its place; beyond the palette is black
        for (var i = 0; i < model.getMapSize(); i++) {
            colors[3 * i] = (byte) model.getRed(i);
            colors[3 * i + 1] = (byte) model.getGreen(i);
            colors[3 * i + 2] = (byte) model.getBlue(i);
        }
        return colors;
    }

    /** For each band, the byte of each sample: 16 bits are scaled and rounded, fewer than 8 rounded down as Pillow does. */
    private static byte[][] levels(Raster raster) throws IOException {
        var levels = new byte[raster.getNumBands()][];
        for (var band = 0; band < levels.length; band++) {
            var bits = raster.getSampleModel().getSampleSize(band);
            var type = raster.getSampleModel().getDataType();
            if (bits < 1 || bits > 16 || type == DataBuffer.TYPE_SHORT || type == DataBuffer.TYPE_FLOAT) {
                throw new IOException("samples of " + bits + " bits of an uncommon type");
            }
            var most = (1 << bits) - 1;
            levels[band] = new byte[most + 1];
            for (var level = 0; level <= most; level++) {
                levels[band][level] = (byte) ((level * 255 + (bits > 8 ? most / 2 : 0)) / most);
            }
        }
        return levels;
    }

    /** Rows of samples as integers; the quick way for bytes, which nearly all images are made of. */
    private static final class Samples {
        private final Raster raster;
        private final int[] row;
        private final byte[] bytes;

        Samples(Raster raster) {
            this.raster = raster;
            row = new int[raster.getWidth() * raster.getNumBands()];
            var plain = raster.getTransferType() == DataBuffer.TYPE_BYTE
                    && raster.getNumDataElements() == raster.getNumBands();
            bytes = new byte[plain ? row.length : 0];
        }

        int[] row(int y) {
            if (bytes.length == 0) {
                return raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            }
            raster.getDataElements(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, bytes);
            for (var i = 0; i < row.length; i++) {
                row[i] = bytes[i] & 0xFF;
            }
            return row;
        }
    }
}
