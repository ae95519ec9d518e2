package io.uad.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImageLoaderTest {
    private static final int SIDE = 8;
    private static final int COUNT = Pictures.COUNT;

    private final Pictures pictures = new Pictures();
    private final List<BadImage> told = new ArrayList<>();

    @Test
    void batchesDoNotDependOnTheNumberOfWorkers() {
        pictures.broken = Set.of(3, 4, 17);
        var order = new Seed(1).choose(COUNT, COUNT);
        var views = ViewChooser.randomResizedCrop(SIDE, new Seed(31));
        var alone = collect(loader(1, 1, 0).open(order, 0, views, Normalization.IMAGENET, 5));
        var together = collect(loader(4, 3, 0).open(order, 0, views, Normalization.IMAGENET, 5));
        assertEquals(alone.size(), together.size());
        for (var i = 0; i < alone.size(); i++) {
            assertArrayEquals(alone.get(i).indices(), together.get(i).indices());
            assertEquals(alone.get(i).nextPosition(), together.get(i).nextPosition());
            assertArrayEquals(bytes(alone.get(i)), bytes(together.get(i)));
        }
    }

    @Test
    void everyBatchButTheLastIsFullAndBadImagesAreMissing() {
        pictures.broken = Set.of(0, 6, 7, 22);
        var loader = loader(2, 2, 0);
        var batches = collect(evaluation(loader, 5));
        assertEquals(
                List.of(5, 5, 5, 4),
                batches.stream().map(batch -> batch.indices().length).toList());
        assertArrayEquals(new int[] {1, 2, 3, 4, 5}, batches.get(0).indices());
        assertArrayEquals(new int[] {8, 9, 10, 11, 12}, batches.get(1).indices());
        assertEquals(
                List.of(1L, 8L, 13L, 18L),
                batches.stream().map(LoadedBatch::firstPosition).toList());
        assertEquals(
                List.of(6L, 13L, 18L, 22L),
                batches.stream().map(LoadedBatch::nextPosition).toList());
        assertEquals(List.of(0, 6, 7, 22), told.stream().map(BadImage::index).toList());
        assertEquals("folder/6.png", told.get(1).path());
        assertTrue(told.get(1).reason().startsWith("no image"), told.get(1).reason());
    }

    @Test
    void aLaterPassDoesNotReadWhatIsKnownToBeBad() {
        pictures.broken = Set.of(2, 9);
        var loader = loader(2, 2, 0);
        collect(evaluation(loader, 5));
        assertEquals(COUNT, pictures.reads.get());
        collect(evaluation(loader, 5));
        assertEquals(2 * COUNT - 2, pictures.reads.get());
        assertEquals(2, told.size());
    }

    @Test
    void aFileThatTurnsBadIsTreatedTheSame() {
        var loader = loader(2, 2, 0);
        collect(evaluation(loader, 5));
        pictures.broken = Set.of(5);
        var indices = collect(evaluation(loader, COUNT)).get(0).indices();
        assertEquals(COUNT - 1, indices.length);
        assertTrue(loader.bad().contains(5));
    }

    @Test
    void aFileThatIsGoneIsReportedInWords() {
        pictures.gone = 4;
        collect(evaluation(loader(2, 2, 0), 5));
        assertEquals(List.of(new BadImage(4, "folder/4.png", "the file is gone")), told);
    }

    @Test
    void tooManyBadImagesStopThePassAndAreNamed() {
        pictures.broken = Set.of(1, 2, 3, 4, 5, 6);
        var loader = new ImageLoader(
                pictures,
                new ImageDecoder(false),
                new BadImages(COUNT, 0.2, "folder", told::add),
                new ImageLoader.Settings(3, 2, 0),
                ImageConsumer.PLAIN);
        var error = assertThrows(UadException.class, () -> collect(evaluation(loader, 4)));
        assertEquals(ErrorKind.DATA, error.kind());
        // 0.2 * 23 = 4.6: the fifth is one too many.
        var message = String.valueOf(error.getMessage());
        assertTrue(message.contains("5 of 23 images cannot be used (21.7 %): folder/1.png (no image"), message);
        assertTrue(message.contains("at most 20.0 %"), message);
        assertTrue(message.contains("image.max-bad-share"), message);
        assertEquals(5, told.size());
    }

    @Test
    void aDatasetWithoutAnyGoodImageIsAnErrorWhateverIsAllowed() {
        var bad = new BadImages(2, 1, "folder", told::add);
        bad.add(new BadImage(0, "a", "x"));
        bad.add(new BadImage(0, "a", "x"));
        assertThrows(UadException.class, () -> bad.add(new BadImage(1, "b", "x")));
        assertEquals(2, told.size());
    }

    @Test
    void noMoreIsReadAheadThanAllowed() throws InterruptedException {
        try (var stream = evaluation(loader(4, 2, 0), 3)) {
            await(() -> pictures.reads.get() == 6);
            Thread.sleep(50);
            assertEquals(6, pictures.reads.get());
            stream.next();
            await(() -> pictures.reads.get() == 9);
            Thread.sleep(50);
            assertEquals(9, pictures.reads.get());
        }
    }

    @Test
    void closingStopsTheWorkersAndEndsThePass() throws InterruptedException {
        pictures.gate = new CountDownLatch(1);
        var stream = evaluation(loader(3, 2, 0), 3);
        await(() -> pictures.reads.get() == 3);
        var before = workers();
        assertTrue(before >= 3, "workers: " + before);
        stream.close();
        await(() -> workers() <= before - 3);
        assertFalse(stream.hasNext());
        assertEquals(3, pictures.reads.get());
        stream.close();
    }

    @Test
    void aPassThatIsOverHasStoppedItsWorkers() throws InterruptedException {
        var before = workers();
        var stream = evaluation(loader(3, 2, 0), 5);
        while (stream.hasNext()) {
            stream.next();
        }
        await(() -> workers() <= before);
        assertThrows(NoSuchElementException.class, stream::next);
    }

    @Test
    void failuresOfADatasetReachTheConsumer() {
        pictures.failure = UadException.data("the archive is gone", "archive", "", "");
        var known = assertThrows(UadException.class, () -> collect(evaluation(loader(2, 2, 0), 3)));
        assertSame(pictures.failure, known);
        pictures.failure = new IllegalStateException("a defect");
        var defect = assertThrows(UadException.class, () -> collect(evaluation(loader(2, 2, 0), 3)));
        assertEquals(ErrorKind.INTERNAL, defect.kind());
        assertSame(pictures.failure, defect.getCause());
        assertEquals(List.of(), told);
    }

    @Test
    void anInterruptCancelsThePass() {
        pictures.gate = new CountDownLatch(1);
        try (var stream = evaluation(loader(2, 2, 0), 3)) {
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, stream::hasNext);
            assertTrue(Thread.interrupted(), "the flag stays for the caller");
            assertEquals(List.of(), told);
        }
    }

    @Test
    void aResumedPassContinuesWithEqualBatches() {
        pictures.broken = Set.of(4, 5);
        var order = new Seed(1).choose(COUNT, COUNT);
        var views = ViewChooser.randomResizedCrop(SIDE, new Seed(31));
        var whole = collect(loader(2, 2, 0).open(order, 0, views, Normalization.IMAGENET, 4));
        var start = (int) whole.get(1).nextPosition();
        var rest = collect(loader(2, 2, 0).open(order, start, views, Normalization.IMAGENET, 4));
        assertEquals(whole.size() - 2, rest.size());
        for (var i = 0; i < rest.size(); i++) {
            assertEquals(whole.get(i + 2).firstPosition(), rest.get(i).firstPosition());
            assertArrayEquals(bytes(whole.get(i + 2)), bytes(rest.get(i)));
        }
    }

    @Test
    void theCacheSparesReadingAsFarAsItReaches() {
        var imageBytes = Pictures.WIDTH * Pictures.HEIGHT * 3L;
        var loader = loader(2, 2, 10 * imageBytes);
        var first = collect(evaluation(loader, COUNT)).get(0);
        assertEquals(COUNT, pictures.reads.get());
        var second = collect(evaluation(loader, COUNT)).get(0);
        assertEquals(2 * COUNT - 10, pictures.reads.get());
        assertArrayEquals(bytes(first), bytes(second));
    }

    @Test
    void tenCropsFollowOneAnotherImageByImage() {
        var batches = collect(loader(2, 1, 0).all(ViewChooser.tenCrops(SIDE), Normalization.IMAGENET, 4));
        var batch = batches.get(0);
        assertEquals(4, batch.indices().length);
        assertEquals(10, batch.views());
        assertEquals(40, batch.inputs().size());
        var centre = collect(evaluation(loader(1, 1, 0), 4)).get(0);
        assertArrayEquals(
                images(centre).images().get(2).rgb(),
                images(batch).images().get(2 * 10 + 4).rgb());
    }

    private ImageLoader loader(int workers, int prefetch, long cacheBytes) {
        return new ImageLoader(
                pictures,
                new ImageDecoder(false),
                new BadImages(COUNT, 0.5, "folder", told::add),
                new ImageLoader.Settings(workers, prefetch, cacheBytes),
                ImageConsumer.PLAIN);
    }

    private static ImageStream evaluation(ImageLoader loader, int batch) {
        return loader.all(ViewChooser.evaluation(SIDE), Normalization.IMAGENET, batch);
    }

    private static List<LoadedBatch> collect(ImageStream stream) {
        try (stream) {
            var batches = new ArrayList<LoadedBatch>();
            stream.forEachRemaining(batches::add);
            return batches;
        }
    }

    private static byte[] bytes(LoadedBatch batch) {
        var all = new ByteArrayOutputStream();
        images(batch).images().forEach(image -> all.writeBytes(image.rgb()));
        return all.toByteArray();
    }

    private static ImageBatch images(LoadedBatch batch) {
        return assertInstanceOf(ImageBatch.class, batch.inputs());
    }

    private static int workers() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("uad-images-"))
                .count();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited 20 s in vain");
            Thread.sleep(2);
        }
    }
}
