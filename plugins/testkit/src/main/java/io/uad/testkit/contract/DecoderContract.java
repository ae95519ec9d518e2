package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.image.DecoderProvider;
import io.uad.api.image.Image;
import io.uad.api.image.ScaledDecoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What a decoder promises: see {@link ScaledDecoder}. Plain files are decoded; of others it may decline any. */
public abstract class DecoderContract extends ProviderContract<DecoderProvider, ScaledDecoder> {
    private static final int[] REDUCTIONS = {2, 4, 8};

    /** Reduced pixels differ from means of blocks by the file's own loss and by how chroma is reduced. */
    private static final double MOST_DIFFERENCE = 4;

    /** For subclasses. */
    protected DecoderContract() {}

    /** An image of waves and of slopes, and what a JPEG file of it is. */
    private record Picture(int width, int height, boolean gray) {
        int sample(int x, int y, int channel) {
            var wave = 60 * Math.sin((x + 2 * y) / 23.0 + (gray ? 0 : channel));
            var slope = 50.0 * x / width - 30.0 * y / height;
            return (int) Math.round(128 + wave + (gray || channel < 2 ? slope : -slope));
        }

        byte[] jpeg() throws IOException {
            var image =
                    new BufferedImage(width, height, gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
            for (var y = 0; y < height; y++) {
                for (var x = 0; x < width; x++) {
                    for (var channel = 0; channel < image.getRaster().getNumBands(); channel++) {
                        image.getRaster().setSample(x, y, channel, sample(x, y, channel));
                    }
                }
            }
            var file = new ByteArrayOutputStream();
            assertTrue(ImageIO.write(image, "jpeg", file));
            return file.toByteArray();
        }

        Image decoded(ScaledDecoder decoder, int reduction) throws IOException {
            return decoder.decode(jpeg(), width, height, reduction)
                    .orElseThrow(() -> new AssertionError("declined " + this + " at 1/" + reduction));
        }

        /** The mean of what a pixel of the reduced image stands for. */
        double mean(int column, int row, int channel, int reduction) {
            var right = Math.min(width, (column + 1) * reduction);
            var bottom = Math.min(height, (row + 1) * reduction);
            var sum = 0.0;
            for (var y = row * reduction; y < bottom; y++) {
                for (var x = column * reduction; x < right; x++) {
                    sum += sample(x, y, channel);
                }
            }
            return sum / ((right - column * reduction) * (bottom - row * reduction));
        }
    }

    private static final Picture COLOURED = new Picture(203, 150, false);
    private static final Picture GRAY = new Picture(97, 131, true);

    @Test
    final void theReducingGapIsANumberOfOneOrMore() {
        var gap = create().reducingGap();
        assertTrue(gap >= 1 && Double.isFinite(gap), "it is " + gap);
        assertEquals(gap, create().reducingGap());
    }

    @Test
    final void sidesAreQuotientsRoundedUp() throws IOException {
        var decoder = create();
        for (var picture : new Picture[] {COLOURED, GRAY, new Picture(64, 48, false), new Picture(9, 8, false)}) {
            for (var reduction : REDUCTIONS) {
                var image = picture.decoded(decoder, reduction);
                assertEquals(ScaledDecoder.reduced(picture.width, reduction), image.width(), picture + " " + reduction);
                assertEquals(
                        ScaledDecoder.reduced(picture.height, reduction), image.height(), picture + " " + reduction);
            }
        }
    }

    @Test
    final void aPixelIsAboutTheMeanOfThoseItStandsFor() throws IOException {
        var decoder = create();
        for (var picture : new Picture[] {COLOURED, GRAY}) {
            for (var reduction : REDUCTIONS) {
                var image = picture.decoded(decoder, reduction);
                var difference = 0.0;
                for (var at = 0; at < image.rgb().length; at++) {
                    var pixel = at / 3;
                    var mean = picture.mean(pixel % image.width(), pixel / image.width(), at % 3, reduction);
                    difference += Math.abs((image.rgb()[at] & 0xFF) - mean);
                }
                difference /= image.rgb().length;
                assertTrue(difference < MOST_DIFFERENCE, picture + " at 1/" + reduction + " differs by " + difference);
            }
        }
    }

    @Test
    final void aGrayImageHasThreeEqualChannels() throws IOException {
        var rgb = GRAY.decoded(create(), 2).rgb();
        for (var at = 0; at < rgb.length; at += 3) {
            assertTrue(rgb[at] == rgb[at + 1] && rgb[at] == rgb[at + 2], "pixel " + at / 3);
        }
    }

    @Test
    final void aFileThatWasCutShortIsDeclined() throws IOException {
        var jpeg = COLOURED.jpeg();
        var half = Arrays.copyOf(jpeg, jpeg.length / 2);
        half[half.length - 2] = (byte) 0xFF; // an end of the file, though not of the picture
        half[half.length - 1] = (byte) 0xD9;
        assertEquals(Optional.empty(), create().decode(half, COLOURED.width, COLOURED.height, 2));
    }

    @Test
    final void aFileThatIsNoneIsDeclined() {
        var decoder = create();
        assertEquals(Optional.empty(), decoder.decode(new byte[100], 16, 16, 2));
        assertEquals(Optional.empty(), decoder.decode(new byte[] {(byte) 0xFF, (byte) 0xD8}, 16, 16, 2));
    }

    @Test
    final void theFileIsNotChanged() throws IOException {
        var jpeg = COLOURED.jpeg();
        create().decode(jpeg, COLOURED.width, COLOURED.height, 4);
        assertArrayEquals(COLOURED.jpeg(), jpeg);
    }

    @Test
    final void severalThreadsAndTwoInstancesGiveEqualPixels() throws Exception {
        var decoder = create();
        var expected = COLOURED.decoded(create(), 4).rgb();
        var found =
                Concurrently.call(16, call -> () -> COLOURED.decoded(decoder, 4).rgb());
        found.forEach(rgb -> assertArrayEquals(expected, rgb));
    }

    @Test
    final void twentyCallsLeaveNothingBehind() throws Exception {
        var large = new Picture(1200, 900, false);
        var jpeg = large.jpeg();
        var decoder = create();
        Heap.assertFlat(() -> decoder.decode(jpeg, large.width, large.height, 2));
    }
}
