package io.uad.runtime.image;

import io.uad.api.image.Image;
import io.uad.api.image.ScaledDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** A decoder that takes the means of blocks of the whole image, and remembers what it was asked for. */
final class BlockMeans implements ScaledDecoder {
    final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
    private final double gap;
    private final IntPredicate declines;

    BlockMeans(double gap) {
        this(gap, reduction -> false);
    }

    /** @param declines which reductions it does not do */
    BlockMeans(double gap, IntPredicate declines) {
        this.gap = gap;
        this.declines = declines;
    }

    @Override
    public double reducingGap() {
        return gap;
    }

    @Override
    public Optional<Image> decode(byte[] jpeg, int width, int height, int reduction) {
        asked.add(reduction);
        if (declines.test(reduction)) {
            return Optional.empty();
        }
        try {
            var whole = JpegDecoder.decode(jpeg);
            if (whole.width() != width || whole.height() != height) {
                throw new IllegalStateException("told another size than the file's");
            }
            return Optional.of(reduced(whole, reduction));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Image reduced(Image whole, int reduction) {
        var width = ScaledDecoder.reduced(whole.width(), reduction);
        var height = ScaledDecoder.reduced(whole.height(), reduction);
        var rgb = new byte[width * height * 3];
        for (var at = 0; at < rgb.length; at++) {
            rgb[at] = (byte) mean(whole, at / 3 % width * reduction, at / 3 / width * reduction, at % 3, reduction);
        }
        return new Image(width, height, rgb);
    }

    /** Beyond the edge the last pixel is repeated, as encoders fill their blocks. */
    private static int mean(Image whole, int left, int top, int channel, int reduction) {
        var sum = reduction * reduction / 2;
        for (var y = top; y < top + reduction; y++) {
            for (var x = left; x < left + reduction; x++) {
                var pixel = Math.min(y, whole.height() - 1) * whole.width() + Math.min(x, whole.width() - 1);
                sum += whole.rgb()[pixel * 3 + channel] & 0xFF;
            }
        }
        return sum / (reduction * reduction);
    }
}
