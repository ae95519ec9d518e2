package io.uad.plugin.decoder.leptonica;

import io.uad.api.image.Image;
import io.uad.api.image.ScaledDecoder;
import java.util.Optional;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;

/** Lets libjpeg-turbo transform fewer frequencies of each block of 8x8 pixels; what it warns of is declined. */
record LeptonicaDecoder(LeptonicaOptions options) implements ScaledDecoder {
    private static final int COLOUR_DEPTH = 32;
    private static final int GRAY_DEPTH = 8;

    @Override
    public double reducingGap() {
        return options.reducingGap();
    }

    @Override
    public Optional<Image> decode(byte[] jpeg, int width, int height, int reduction) {
        var warnings = new int[1];
        var pix = leptonica.pixReadMemJpeg(jpeg, jpeg.length, 0, reduction, warnings, 0);
        if (pix == null) {
            return Optional.empty();
        }
        try {
            var isExpected = leptonica.pixGetWidth(pix) == ScaledDecoder.reduced(width, reduction)
                    && leptonica.pixGetHeight(pix) == ScaledDecoder.reduced(height, reduction);
            return warnings[0] == 0 && isExpected ? image(pix) : Optional.empty();
        } finally {
            leptonica.pixDestroy(pix); // nothing else frees it
        }
    }

    private static Optional<Image> image(PIX pix) {
        var depth = leptonica.pixGetDepth(pix);
        if (depth != COLOUR_DEPTH && depth != GRAY_DEPTH) {
            return Optional.empty();
        }
        var width = leptonica.pixGetWidth(pix);
        var height = leptonica.pixGetHeight(pix);
        var row = new int[leptonica.pixGetWpl(pix)];
        var words = leptonica.pixGetData(pix);
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++) {
            read(words, y, row);
            if (depth == COLOUR_DEPTH) {
                unpackColours(row, width, rgb, y * width * 3);
            } else {
                unpackGrays(row, width, rgb, y * width * 3);
            }
        }
        return Optional.of(new Image(width, height, rgb));
    }

    private static void read(IntPointer words, int y, int[] row) {
        words.position((long) y * row.length).get(row);
    }

    /** A word is a pixel: red, green and blue from the highest byte down, whatever the byte order of the machine. */
    private static void unpackColours(int[] row, int width, byte[] rgb, int from) {
        for (int x = 0, at = from; x < width; x++, at += 3) {
            rgb[at] = (byte) (row[x] >>> 24);
            rgb[at + 1] = (byte) (row[x] >>> 16);
            rgb[at + 2] = (byte) (row[x] >>> 8);
        }
    }

    /** A word is four pixels, the first in its highest byte. */
    private static void unpackGrays(int[] row, int width, byte[] rgb, int from) {
        for (int x = 0, at = from; x < width; x++, at += 3) {
            var gray = (byte) (row[x >> 2] >>> (24 - 8 * (x & 3)));
            rgb[at] = gray;
            rgb[at + 1] = gray;
            rgb[at + 2] = gray;
        }
    }
}
