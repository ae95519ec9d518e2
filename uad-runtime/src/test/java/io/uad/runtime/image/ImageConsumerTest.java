package io.uad.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Batch;
import io.uad.api.Seed;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.api.image.View;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImageConsumerTest {
    private static final int SIDE = 8;

    private final Pictures pictures = new Pictures();
    private final List<Batch> announced = new ArrayList<>();

    @Test
    void whoTakesViewsGetsImagesAsTheyWereDecodedAndTheSameFloats() {
        var plain = batches(ImageConsumer.PLAIN, SIDE, 5);
        var whole = batches(new ImageConsumer(true, Optional.empty()), SIDE, 5);
        assertEquals(plain.size(), whole.size());
        for (var i = 0; i < plain.size(); i++) {
            assertArrayEquals(floats(plain.get(i).inputs()), floats(whole.get(i).inputs()));
        }
        var squares = images(plain.get(0));
        assertEquals(SIDE, squares.images().get(0).width());
        assertEquals(View.whole(SIDE), squares.views().get(0));
        assertEquals(Pictures.WIDTH, images(whole.get(0)).images().get(0).width());
    }

    @Test
    void imagesOfMoreThanFourTimesTheirViewAreCutOutBefore() {
        var side = 5; // of 13 x 10 pixels, more than 4 x 25
        assertTrue(Pictures.WIDTH * Pictures.HEIGHT > ImageLoader.MOST_PIXELS * side * side);
        var batch = images(
                batches(new ImageConsumer(true, Optional.empty()), side, 5).get(0));
        assertEquals(side, batch.images().get(0).width());
        assertEquals(View.whole(side), batch.views().get(0));
    }

    @Test
    void aBatchThatIsReadyIsAnnouncedWhenTheOneBeforeIsTaken() throws InterruptedException {
        var loader = loader(new ImageConsumer(true, Optional.of(announced::add)));
        try (var stream = open(loader, SIDE, 5)) {
            assertTrue(stream.hasNext());
            awaitReads(10); // two batches
            stream.next();
            assertEquals(1, announced.size());
            assertSame(announced.get(0), stream.next().inputs());
        }
    }

    /** Whatever the workers do meanwhile, batches come in the same order with the same contents. */
    @Test
    void announcingChangesNoBatch() {
        pictures.broken = Set.of(3, 4, 17);
        var plain = batches(ImageConsumer.PLAIN, SIDE, 4);
        var told = batches(new ImageConsumer(false, Optional.of(announced::add)), SIDE, 4);
        assertEquals(plain.size(), told.size());
        for (var i = 0; i < plain.size(); i++) {
            assertArrayEquals(plain.get(i).indices(), told.get(i).indices());
            assertEquals(plain.get(i).nextPosition(), told.get(i).nextPosition());
            assertArrayEquals(floats(plain.get(i).inputs()), floats(told.get(i).inputs()));
        }
    }

    @Test
    void badImagesWaitForTheirTurn() throws InterruptedException {
        pictures.broken = Set.of(7);
        var told = new ArrayList<BadImage>();
        var bad = new BadImages(Pictures.COUNT, 0.5, "folder", told::add);
        var settings = new ImageLoader.Settings(2, 3, 0);
        var consumer = new ImageConsumer(true, Optional.of(announced::add));
        var loader = new ImageLoader(pictures, new ImageDecoder(false), bad, settings, consumer);
        try (var stream = open(loader, SIDE, 5)) {
            assertTrue(stream.hasNext());
            awaitReads(15);
            stream.next();
            assertEquals(List.of(), told);
            assertEquals(List.of(), announced);
            stream.next();
            assertEquals(1, told.size());
        }
    }

    /** Until so many images are read, and a moment for what becomes of the last. */
    private void awaitReads(int count) throws InterruptedException {
        while (pictures.reads.get() < count) {
            Thread.sleep(5);
        }
        Thread.sleep(200);
    }

    private ImageLoader loader(ImageConsumer consumer) {
        return new ImageLoader(
                pictures,
                new ImageDecoder(false),
                new BadImages(Pictures.COUNT, 0.5, "folder", bad -> {}),
                new ImageLoader.Settings(2, 2, 0),
                consumer);
    }

    private static ImageStream open(ImageLoader loader, int side, int batch) {
        return loader.all(ViewChooser.randomResizedCrop(side, new Seed(5)), Normalization.IMAGENET, batch);
    }

    private List<LoadedBatch> batches(ImageConsumer consumer, int side, int batch) {
        var batches = new ArrayList<LoadedBatch>();
        try (var stream = open(loader(consumer), side, batch)) {
            stream.forEachRemaining(batches::add);
        }
        return batches;
    }

    private static ImageBatch images(LoadedBatch batch) {
        return assertInstanceOf(ImageBatch.class, batch.inputs());
    }

    private static float[] floats(Batch batch) {
        var values = FloatBuffer.allocate(batch.size() * batch.shape().size());
        batch.writeTo(values);
        return values.array();
    }
}
