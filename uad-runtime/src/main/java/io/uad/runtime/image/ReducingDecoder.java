package io.uad.runtime.image;

import io.uad.api.image.Image;
import io.uad.api.image.ScaledDecoder;
import io.uad.api.image.View;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Decodes JPEG files no larger than their views need, by a decoder that can. */
final class ReducingDecoder {
    private static final int[] REDUCTIONS = {8, 4, 2};

    private final ScaledDecoder decoder;
    private final double gap;

    ReducingDecoder(ScaledDecoder decoder) {
        this.decoder = decoder;
        this.gap = decoder.reducingGap();
    }

    /** Which views are wanted of an image of some size, upright. */
    @FunctionalInterface
    interface Wanted {
        List<View> of(int width, int height);
    }

    /**
     * The largest reduction that leaves the boxes of all views at least {@code gap} times as wide and as high as they are
     * resized to, as {@code reducing_gap} does in Pillow; 1 if there is none.
     */
    int reduction(List<View> views) {
        return IntStream.of(REDUCTIONS)
                .filter(reduction -> views.stream()
                        .allMatch(view -> view.width() >= gap * reduction * view.resizedWidth()
                                && view.height() >= gap * reduction * view.resizedHeight()))
                .findFirst()
                .orElse(1);
    }

    /**
     * Decodes a JPEG file.
     *
     * @return what the views need; with {@code asked} of the whole image if they need that or the decoder declined
     * @throws IOException as {@link JpegFile#of}, which sees to it that a file that was cut short is none
     */
    DecodedImage decode(byte[] file, Orientation orientation, Wanted wanted) throws IOException {
        var jpeg = JpegFile.of(file);
        var width = jpeg.width();
        var height = jpeg.height();
        ImageDecoder.checkSize(width, height);
        var views = orientation.swapped() ? wanted.of(height, width) : wanted.of(width, height);
        var asked = reduction(views);
        var reduced = asked > 1 && jpeg.usual() && isPlain(jpeg.colors())
                ? decoder.decode(jpeg.stream(), width, height, asked)
                : Optional.<Image>empty();
        return reduced.isPresent()
                ? DecodedImage.reduced(reduced.get(), width, height, asked, orientation)
                : DecodedImage.whole(orientation.apply(JpegDecoder.decode(jpeg)), asked);
    }

    /** Inks are the runtime's own work. */
    private static boolean isPlain(JpegFile.Colors colors) {
        return switch (colors) {
            case GRAY, YCBCR, RGB -> true;
            case CMYK, YCCK -> false;
        };
    }
}
