package ${package};

import io.uad.api.image.Image;
import io.uad.api.image.ScaledDecoder;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Takes the mean of each block of pixels. It saves no time: a library that transforms fewer frequencies does. */
final class ${className}Decoder implements ScaledDecoder {
    private final double reducingGap;

    ${className}Decoder(${className}Options options) {
        reducingGap = options.reducingGap();
    }

    @Override
    public double reducingGap() {
        return reducingGap;
    }

    /** Whatever Java complains about is declined, so that the runtime decides what the file is worth. */
    @Override
    public Optional<Image> decode(byte[] jpeg, int width, int height, int reduction) {
        var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        var complaint = new AtomicBoolean();
        reader.addIIOReadWarningListener((source, warning) -> complaint.set(true));
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in);
            var pixels = reader.read(0).getRaster();
            return complaint.get() ? Optional.empty() : Optional.of(reduced(pixels, reduction));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            reader.dispose();
        }
    }

    private static Image reduced(Raster pixels, int reduction) {
        var width = ScaledDecoder.reduced(pixels.getWidth(), reduction);
        var height = ScaledDecoder.reduced(pixels.getHeight(), reduction);
        var rgb = new byte[width * height * 3];
        for (var at = 0; at < rgb.length; at++) {
            var band = Math.min(at % 3, pixels.getNumBands() - 1); // a gray image has one
            rgb[at] = (byte) mean(pixels, at / 3 % width * reduction, at / 3 / width * reduction, band, reduction);
        }
        return new Image(width, height, rgb);
    }

    private static int mean(Raster pixels, int left, int top, int band, int reduction) {
        var right = Math.min(pixels.getWidth(), left + reduction);
        var bottom = Math.min(pixels.getHeight(), top + reduction);
        var sum = 0;
        for (var y = top; y < bottom; y++) {
            for (var x = left; x < right; x++) {
                sum += pixels.getSample(x, y, band);
            }
        }
        return sum / ((right - left) * (bottom - top));
    }
}
