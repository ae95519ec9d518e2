package io.uad.testkit.contract;

import io.uad.api.image.Image;
import io.uad.api.image.ScaledDecoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;

/** Decodes in full and takes the means of blocks. */
final class PlainDecoder {
    private PlainDecoder() {}

    static Optional<Image> decode(byte[] jpeg, int reduction) {
        var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        var complaint = new AtomicBoolean();
        reader.addIIOReadWarningListener((source, warning) -> complaint.set(true));
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in);
            var whole = reader.read(0);
            return complaint.get() ? Optional.empty() : Optional.of(reduced(whole, reduction));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            reader.dispose();
        }
    }

    private static Image reduced(BufferedImage whole, int reduction) {
        var width = ScaledDecoder.reduced(whole.getWidth(), reduction);
        var height = ScaledDecoder.reduced(whole.getHeight(), reduction);
        var rgb = new byte[width * height * 3];
        for (var at = 0; at < rgb.length; at++) {
            rgb[at] = (byte) mean(whole, at / 3 % width, at / 3 / width, at % 3, reduction);
        }
        return new Image(width, height, rgb);
    }

    private static int mean(BufferedImage whole, int column, int row, int channel, int reduction) {
        var raster = whole.getRaster();
        var right = Math.min(whole.getWidth(), (column + 1) * reduction);
        var bottom = Math.min(whole.getHeight(), (row + 1) * reduction);
        var sum = 0;
        for (var y = row * reduction; y < bottom; y++) {
            for (var x = column * reduction; x < right; x++) {
                sum += raster.getSample(x, y, Math.min(channel, raster.getNumBands() - 1));
            }
        }
        return sum / ((right - column * reduction) * (bottom - row * reduction));
    }
}
