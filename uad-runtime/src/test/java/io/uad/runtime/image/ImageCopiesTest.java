package io.uad.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Seed;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import io.uad.api.image.Image;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.runtime.image.StoredForm.Encoding;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImageCopiesTest {
    /** Whose evaluation resizes to 32 pixels. */
    private static final int SIDE = 28;

    private static final int SHORT_SIDE = 32;
    private static final StoredForm RESIZED = new StoredForm(OptionalInt.of(SHORT_SIDE), Encoding.RAW, 95);
    private static final StoredForm WHOLE = new StoredForm(OptionalInt.empty(), Encoding.RAW, 95);

    /** Images as they are handed out. */
    private record Given(List<Content> contents) implements Dataset {
        @Override
        public DatasetSummary summary() {
            return new DatasetSummary("memory", List.of(), 0, "none");
        }

        @Override
        public int size() {
            return contents.size();
        }

        @Override
        public Sample sample(int index) {
            return new Sample("image-" + index, -1);
        }

        @Override
        public Content read(int index) {
            return contents.get(index);
        }
    }

    /** Wide, high, square, of just the short side, and smaller. */
    private static Given images() {
        var sizes = new int[][] {{101, 67}, {40, 97}, {64, 64}, {SHORT_SIDE, 50}, {90, SHORT_SIDE}, {20, 25}, {7, 90}};
        var contents = new ArrayList<Content>();
        for (var i = 0; i < sizes.length; i++) {
            contents.add(new Content.Decoded(noise(sizes[i][0], sizes[i][1], i)));
        }
        return new Given(contents);
    }

    private static Image noise(int width, int height, long seed) {
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) new Seed(seed).bits(i);
        }
        return new Image(width, height, rgb);
    }

    @Test
    void anEvaluationSeesTheSameBytesInImagesThatWereResizedToItsShortSide() {
        assertEquals(SHORT_SIDE, Views.shortSide(SIDE));
        var original = images();
        var copy = copy(original, RESIZED, 2);
        assertEquals(
                List.of("48x32", "32x77", "32x32", "32x50", "90x32", "20x25", "7x90"), // 101 * 32 / 67 is 48.2
                copy.contents().stream().map(ImageCopiesTest::size).toList());
        for (var views : List.of(ViewChooser.evaluation(SIDE), ViewChooser.tenCrops(SIDE))) {
            assertSameViews(original, copy, views);
        }
        assertSameViews(original, copy, ViewChooser.randomCrop(SIDE, new Seed(5)));
    }

    @Test
    void randomResizedCropsAreTheSameInImagesThatKeepTheirSize() {
        var original = images();
        assertSameViews(original, copy(original, WHOLE, 2), ViewChooser.randomResizedCrop(SIDE, new Seed(5)));
    }

    @Test
    void theNumberOfWorkersChangesNothing() {
        var one = copy(images(), RESIZED, 1).contents();
        var four = copy(images(), RESIZED, 4).contents();
        for (var i = 0; i < one.size(); i++) {
            assertArrayEquals(pixels(one.get(i)), pixels(four.get(i)));
        }
    }

    @Test
    void aJpegFileIsKeptUnlessItIsResizedOrTurned() throws IOException {
        var picture = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(3, 3, 0xFFFFFF);
        var jpeg = new Content.Encoded(ImageDecoderTest.write(picture, "jpg"));
        var turned = new Content.Encoded(ImageDecoderTest.turned(jpeg.bytes(), 6));
        var png = new Content.Encoded(ImageDecoderTest.write(picture, "png"));
        var given = new Given(List.of(jpeg, turned, png));
        var kept = copy(given, new StoredForm(OptionalInt.empty(), Encoding.JPEG, 95), 1);
        assertSame(jpeg, kept.contents().get(0));
        assertEquals("20x16", size(kept.contents().get(1)));
        for (var i = 1; i < 3; i++) {
            var file = assertInstanceOf(Content.Encoded.class, kept.contents().get(i))
                    .bytes();
            assertEquals(ImageFormat.JPEG, ImageFormat.of(file));
            assertTrue(Orientation.of(file).isUpright(), "nobody turns it again");
        }
        var resized = copy(given, new StoredForm(OptionalInt.of(8), Encoding.JPEG, 95), 1);
        assertEquals(
                List.of("10x8", "10x8", "10x8"),
                resized.contents().stream().map(ImageCopiesTest::size).toList());
        var upright = contents(given, new ImageDecoder(true), WHOLE, 1, new ArrayList<>());
        assertEquals("16x20", size(upright.get(1)));
    }

    @Test
    void jpegIsCloseToThePixelsAndLowerQualityIsShorter() throws IOException {
        var rgb = new byte[64 * 48 * 3];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % 64 * (i % 3 + 1)); // a ramp of its own for each colour
        }
        var image = new Image(64, 48, rgb);
        var fine = JpegEncoder.encode(image, 95);
        var decoded = new ImageDecoder(false).decode(fine).rgb();
        for (var i = 0; i < rgb.length; i++) {
            // Colours are stored at half the resolution, which costs most: a ramp of 3 per pixel is off by 3 or so.
            assertEquals(rgb[i] & 0xFF, decoded[i] & 0xFF, 12);
        }
        assertTrue(JpegEncoder.encode(image, 20).length < fine.length);
        assertThrows(IOException.class, () -> JpegEncoder.encode(new Image(65_536, 1, new byte[3 * 65_536]), 95));
    }

    @Test
    void imagesThatCannotBeReadAreLeftOutAndNamed() {
        var pictures = new Pictures();
        pictures.broken = Set.of(0, 7);
        pictures.gone = 22;
        var told = new ArrayList<BadImage>();
        var contents = contents(pictures, new ImageDecoder(false), WHOLE, 3, told);
        assertEquals(Pictures.COUNT - 3, contents.size());
        assertEquals(List.of(0, 7, 22), told.stream().map(BadImage::index).toList());
        assertEquals("the file is gone", told.get(2).reason());
    }

    @Test
    void whoOnlyAsksWhetherImagesCanBeReadHearsOfEachAndGetsNoPixels() {
        var pictures = new Pictures();
        pictures.broken = Set.of(0, 7);
        var order = IntStream.range(0, Pictures.COUNT).toArray();
        var bad = new BadImages(Pictures.COUNT, 0.5, "memory", image -> {});
        var positions = new ArrayList<Integer>();
        try (var copies = new ImageCopies(pictures, order, new ImageDecoder(false), Optional.empty(), bad, 2)) {
            for (var next = copies.next(); next.isPresent(); next = copies.next()) {
                assertEquals(Optional.empty(), next.get().content());
                positions.add(next.get().position());
            }
        }
        assertEquals(IntStream.range(0, Pictures.COUNT).boxed().toList(), positions);
        assertEquals(2, bad.all().size());
    }

    /** Each that waits is an image of full size. */
    @Test
    void imagesThatKeepTheirSizeAreMadeOneAheadOfTheWorkers() throws InterruptedException {
        var pictures = new Pictures();
        var order = IntStream.range(0, Pictures.COUNT).toArray();
        var bad = new BadImages(Pictures.COUNT, 0.5, "memory", image -> {});
        try (var copies = new ImageCopies(pictures, order, new ImageDecoder(false), Optional.of(WHOLE), bad, 2)) {
            assertTrue(copies.next().isPresent());
            Thread.sleep(100); // time to run too far ahead
            assertTrue(pictures.reads.get() <= 4, pictures.reads + " were read, one of which was taken");
        }
    }

    @Test
    void aFormOutsideItsBoundsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new StoredForm(OptionalInt.of(0), Encoding.RAW, 95));
        assertThrows(IllegalArgumentException.class, () -> new StoredForm(OptionalInt.empty(), Encoding.JPEG, 0));
        assertThrows(IllegalArgumentException.class, () -> new StoredForm(OptionalInt.empty(), Encoding.JPEG, 101));
        assertNotEquals(WHOLE, RESIZED);
    }

    private static Given copy(Dataset dataset, StoredForm form, int workers) {
        return new Given(contents(dataset, new ImageDecoder(false), form, workers, new ArrayList<>()));
    }

    private static List<Content> contents(
            Dataset dataset, ImageDecoder decoder, StoredForm form, int workers, List<BadImage> told) {
        var order = IntStream.range(0, dataset.size()).toArray();
        var contents = new ArrayList<Content>();
        var bad = new BadImages(dataset.size(), 0.5, "memory", told::add);
        try (var copies = new ImageCopies(dataset, order, decoder, Optional.of(form), bad, workers)) {
            for (var next = copies.next(); next.isPresent(); next = copies.next()) {
                next.get().content().ifPresent(contents::add);
            }
        }
        return contents;
    }

    private static void assertSameViews(Dataset one, Dataset other, ViewChooser views) {
        var expected = views(one, views);
        var actual = views(other, views);
        assertEquals(expected.size(), actual.size());
        for (var i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).rgb(), actual.get(i).rgb(), "view " + i);
        }
    }

    private static List<Image> views(Dataset dataset, ViewChooser views) {
        var bad = new BadImages(dataset.size(), 0, "memory", image -> {});
        var loader = new ImageLoader(
                dataset, new ImageDecoder(false), bad, new ImageLoader.Settings(1, 1, 0), ImageConsumer.PLAIN);
        try (var stream = loader.all(views, Normalization.IMAGENET, dataset.size())) {
            return assertInstanceOf(ImageBatch.class, stream.next().inputs()).images();
        }
    }

    private static String size(Content content) {
        try {
            var image = content instanceof Content.Decoded decoded
                    ? decoded.image()
                    : new ImageDecoder(false).decode(((Content.Encoded) content).bytes());
            return image.width() + "x" + image.height();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] pixels(Content content) {
        return assertInstanceOf(Content.Decoded.class, content).image().rgb();
    }
}
