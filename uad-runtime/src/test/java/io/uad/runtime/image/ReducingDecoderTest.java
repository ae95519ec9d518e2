package io.uad.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import io.uad.api.image.Image;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.api.image.Resampler;
import io.uad.api.image.ScaledDecoder;
import io.uad.api.image.View;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReducingDecoderTest {
    private static final int SIDE = 14; // 16 of the resized image's short side
    private static final int WIDTH = 203;
    private static final int HEIGHT = 149;

    /** Slopes and slow waves, which means of blocks keep. */
    private static BufferedImage picture() {
        var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (var y = 0; y < HEIGHT; y++) {
            for (var x = 0; x < WIDTH; x++) {
                picture.getRaster().setSample(x, y, 0, x);
                picture.getRaster().setSample(x, y, 1, y);
                picture.getRaster().setSample(x, y, 2, (int) (128 + 100 * Math.sin((x + y) / 80.0)));
            }
        }
        return picture;
    }

    private static byte[] jpeg() throws IOException {
        return ImageDecoderTest.write(picture(), "jpg");
    }

    private static ReducingDecoder.Wanted only(View view) {
        return (width, height) -> List.of(view);
    }

    private static ReducingDecoder.Wanted evaluation() {
        return (width, height) -> List.of(Views.evaluation(width, height, SIDE));
    }

    private static DecodedImage decode(ScaledDecoder decoder, byte[] file, ReducingDecoder.Wanted wanted)
            throws IOException {
        return new ImageDecoder(true, Optional.of(decoder)).decode(file, wanted);
    }

    private static View square(int box, int resized) {
        return new View(0, 0, box, box, resized, resized, false, 0, 0, resized);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 4000, 3000, 4", // 3000 / 256 is 11.7, half of which is 5.9
        "1, 4000, 3000, 8",
        "3, 4000, 3000, 2",
        "2, 4096, 4096, 8",
        "2, 4096, 4095, 4",
        "2, 1024, 1024, 2",
        "2, 1023, 1024, 1",
        "2, 500, 375, 1"
    })
    void theLargestReductionIsTakenThatLeavesTheGap(double gap, int width, int height, int expected) {
        var decoder = new ReducingDecoder(new BlockMeans(gap));
        assertEquals(expected, decoder.reduction(List.of(Views.evaluation(width, height, 224))));
        assertEquals(expected, decoder.reduction(Views.tenCrops(width, height, 224)));
    }

    @Test
    void theNarrowestBoxDecidesAndNotTheImage() {
        var decoder = new ReducingDecoder(new BlockMeans(2));
        assertEquals(1, decoder.reduction(List.of(square(895, 224))));
        assertEquals(2, decoder.reduction(List.of(square(896, 224))));
        assertEquals(4, decoder.reduction(List.of(square(3000, 224))));
        assertEquals(1, decoder.reduction(List.of(square(3000, 224), square(400, 224))));
        assertEquals(1, decoder.reduction(List.of(new View(0, 0, 4000, 800, 224, 224, false, 0, 0, 224))));
    }

    /** A place shows in its value: a column is 1 of 255, and a pixel of a view 8 columns. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aReducedImageGivesViewsOfTheSamePlaceHoweverItIsTurned(int tag) throws IOException {
        var file = ImageDecoderTest.turned(jpeg(), tag);
        var whole = new ImageDecoder(true).decode(file);
        var views = new ArrayList<>(Views.tenCrops(whole.width(), whole.height(), SIDE));
        views.add(new View(0, 0, 117, 119, SIDE, SIDE, true, 0, 0, SIDE));
        views.add(new View(whole.width() - 117, whole.height() - 119, 117, 119, SIDE, SIDE, false, 0, 0, SIDE));
        for (var view : views) {
            var decoder = new BlockMeans(2);
            var reduced = decode(decoder, file, only(view));
            assertEquals(List.of(4), decoder.asked);
            assertEquals(whole.width(), reduced.width());
            assertEquals(whole.height(), reduced.height());
            var expected = Resampler.apply(whole, view);
            var found = reduced.apply(view);
            var moved = 0.0;
            for (var at = 0; at < expected.rgb().length; at++) {
                var difference = (found.rgb()[at] & 0xFF) - (expected.rgb()[at] & 0xFF);
                assertTrue(Math.abs(difference) <= 3, view + " at " + at + " differs by " + difference);
                moved += at % 3 < 2 ? difference : 0;
            }
            assertEquals(0, moved / (expected.rgb().length * 2 / 3.0), 0.3, view.toString());
        }
    }

    @Test
    void whatIsDeclinedIsDecodedInFull() throws IOException {
        var decoder = new BlockMeans(2, reduction -> true);
        var image = decode(decoder, jpeg(), evaluation());
        assertEquals(List.of(4), decoder.asked);
        assertArrayEquals(
                new ImageDecoder(true).decode(jpeg()).rgb(), image.image().rgb());
    }

    @Test
    void aDecoderIsAskedForNothingButLargeJpegs() throws IOException {
        var decoder = new BlockMeans(2);
        var small = decode(decoder, jpeg(), only(square(100, 60)));
        var png = decode(decoder, ImageDecoderTest.write(picture(), "png"), evaluation());
        assertEquals(List.of(), decoder.asked);
        assertEquals(WIDTH, small.image().width());
        assertEquals(WIDTH, png.image().width());
    }

    @Test
    void aFileThatWasCutShortIsBadBeforeTheDecoderSeesIt() throws IOException {
        var decoder = new BlockMeans(2);
        var half = Arrays.copyOf(jpeg(), jpeg().length / 2);
        var error = assertThrows(IOException.class, () -> decode(decoder, half, evaluation()));
        assertEquals("JPEG data cut short", error.getMessage());
        assertEquals(List.of(), decoder.asked);
    }

    /** Its end is there, so only decoding shows what is missing; a decoder that declines it leaves the verdict to ours. */
    @Test
    void aPictureThatEndsTooEarlyIsBadThoughTheDecoderOnlyDeclines() throws IOException {
        var half = Arrays.copyOf(jpeg(), jpeg().length / 2);
        half[half.length - 2] = (byte) 0xFF;
        half[half.length - 1] = (byte) 0xD9;
        var error =
                assertThrows(IOException.class, () -> decode(new BlockMeans(2, reduction -> true), half, evaluation()));
        assertEquals("JPEG data cut short", error.getMessage());
    }

    @Test
    void aBrokenDecoderIsNoBadImage() throws IOException {
        var broken = UadException.resource("no memory", "", "", "");
        var error = assertThrows(
                UadException.class,
                () -> decode(
                        new BlockMeans(2, reduction -> {
                            throw broken;
                        }),
                        jpeg(),
                        evaluation()));
        assertSame(broken, error);
    }

    /** How large the cache is depends on the machine. */
    @Test
    void resultsDoNotDependOnWhatIsCachedNorOnThreads() throws IOException {
        var files = new Files(List.of(jpeg(), ImageDecoderTest.write(picture(), "png"), jpeg(), jpeg()));
        for (var declined : new int[] {0, 2, 4}) {
            var decoder = new BlockMeans(2, reduction -> reduction == declined);
            var expected = passes(files, decoder, 1, 0);
            var one = WIDTH * HEIGHT * 3L;
            for (var cacheBytes : new long[] {one / 16 + 100, one, 100 * one}) {
                var found = passes(files, decoder, 3, cacheBytes);
                for (var i = 0; i < expected.size(); i++) {
                    assertArrayEquals(expected.get(i).rgb(), found.get(i).rgb(), declined + " " + cacheBytes + " " + i);
                }
            }
            assertTrue(decoder.asked.containsAll(List.of(2, 4)), decoder.asked.toString());
        }
    }

    @Test
    void anImageThatIsCachedIsNotDecodedAgainForTheSameReduction() throws IOException {
        var decoder = new BlockMeans(2);
        var loader = loader(new Files(List.of(jpeg())), decoder, 1, 1 << 20);
        for (var pass = 0; pass < 3; pass++) {
            collect(loader.all(ViewChooser.evaluation(SIDE), Normalization.IMAGENET, 4));
        }
        assertEquals(List.of(4), decoder.asked);
    }

    private static List<Image> passes(Files files, ScaledDecoder decoder, int workers, long cacheBytes) {
        var loader = loader(files, decoder, workers, cacheBytes);
        var images = new ArrayList<Image>();
        for (var epoch = 0; epoch < 6; epoch++) {
            var crops = ViewChooser.randomResizedCrop(SIDE, new Seed(epoch));
            images.addAll(collect(loader.all(crops, Normalization.IMAGENET, 4)));
            images.addAll(collect(loader.all(ViewChooser.evaluation(SIDE), Normalization.IMAGENET, 4)));
        }
        return images;
    }

    private static ImageLoader loader(Files files, ScaledDecoder decoder, int workers, long cacheBytes) {
        return new ImageLoader(
                files,
                new ImageDecoder(false, Optional.of(decoder)),
                new BadImages(files.size(), 0, "files", image -> {}),
                new ImageLoader.Settings(workers, 1, cacheBytes),
                ImageConsumer.PLAIN);
    }

    private static List<Image> collect(ImageStream stream) {
        var images = new ArrayList<Image>();
        try (stream) {
            stream.forEachRemaining(batch -> images.addAll(((ImageBatch) batch.inputs()).images()));
        }
        return images;
    }

    /** Files in memory. */
    private record Files(List<byte[]> files) implements Dataset {
        @Override
        public DatasetSummary summary() {
            return new DatasetSummary("files", List.of(), 0, "none");
        }

        @Override
        public int size() {
            return files.size();
        }

        @Override
        public Sample sample(int index) {
            return new Sample(Integer.toString(index), -1);
        }

        @Override
        public Content read(int index) {
            return new Content.Encoded(files.get(index));
        }
    }
}
