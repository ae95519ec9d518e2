package io.uad.runtime.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import io.uad.api.image.Image;
import io.uad.api.image.Normalization;
import io.uad.runtime.image.BadImage;
import io.uad.runtime.image.BadImages;
import io.uad.runtime.image.ImageConsumer;
import io.uad.runtime.image.ImageDecoder;
import io.uad.runtime.image.ImageLoader;
import io.uad.runtime.image.ViewChooser;
import io.uad.runtime.inference.Images;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.process.GroupOfThreads;
import io.uad.runtime.process.Processes;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicedBatchesTest {
    private static final int SIDE = 8;
    private static final int BATCH = 8;
    private static final int[] ORDER = {
        3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3, 2, 7
    };

    @Test
    void theSlicesOfAStepMakeUpTheViewsThatOneProcessLoads() {
        for (var start : new int[] {0, 8, 11}) { // with image 5 left out: a last step of 3, 6 or 3 samples
            for (var size : new int[] {2, 3, 8}) {
                assertSame(start, size);
            }
        }
    }

    private static void assertSame(int start, int size) {
        var group = new GroupOfThreads(size);
        var ranks = new JointBatches[size];
        for (var rank = 0; rank < size; rank++) {
            ranks[rank] = batches(Processes.of(group.member(rank), new StopSignal()), start);
        }
        try (var alone = batches(Processes.alone(), start)) {
            while (alone.hasNext()) {
                var whole = alone.next();
                var expected = values(whole);
                var each = expected.length / whole.size();
                var covered = 0;
                for (var rank : ranks) {
                    var slice = rank.next();
                    assertEquals(whole.size(), slice.size());
                    assertEquals(whole.nextPosition(), slice.nextPosition());
                    var first = (int) (slice.firstPosition() - whole.firstPosition());
                    var length = slice.part().indices().length;
                    assertArrayEquals(
                            Arrays.copyOfRange(expected, first * each, (first + length) * each), values(slice));
                    covered += length;
                }
                var copies = whole.size() < size ? size : 1;
                assertEquals(copies * whole.size(), covered);
            }
        }
        for (var rank : ranks) {
            assertFalse(rank.hasNext());
            rank.close();
        }
    }

    @Test
    void theLastStepIsOpenedWhenTheOthersAreUsedUp() {
        var bad = new BadImages(10, 0.5, "folder", image -> {});
        var loader = new ImageLoader(
                new Noise(), new ImageDecoder(false), bad, new ImageLoader.Settings(1, 1, 0), ImageConsumer.PLAIN);
        var opened = new ArrayList<Integer>();
        var processes = Processes.of(new GroupOfThreads(2).member(1), new StopSignal());
        try (var batches = new SlicedBatches(ORDER, 0, BATCH, bad, processes, (positions, batch) -> {
            opened.add(positions.length);
            var samples = Arrays.stream(positions).map(place -> ORDER[place]).toArray();
            return loader.open(samples, 0, ViewChooser.evaluation(SIDE), Normalization.IMAGENET, batch);
        })) {
            for (var step = 0; step < 3; step++) {
                assertEquals(4, batches.next().part().indices().length);
                assertEquals(List.of(12), opened);
            }
            assertEquals(3, batches.next().part().indices().length);
            assertEquals(List.of(12, 3), opened);
        }
    }

    @Test
    void aThreadThatIsInterruptedLoadsItsStepAndAsksAllToStop() {
        var stop = new StopSignal();
        var processes = Processes.of(new GroupOfThreads(2).member(0), stop);
        try (var batches = batches(new Hanging(stop), processes, 0)) {
            Thread.currentThread().interrupt();
            assertEquals(4, batches.next().part().indices().length);
            assertTrue(stop.isRaised());
            assertFalse(Thread.currentThread().isInterrupted(), "the exchange of the step must not end early");
        }
        assertTrue(Thread.interrupted());
    }

    /** Gives no picture before the work is asked to stop. */
    private record Hanging(StopSignal stop) implements Dataset {
        @Override
        public DatasetSummary summary() {
            return new Noise().summary();
        }

        @Override
        public int size() {
            return new Noise().size();
        }

        @Override
        public Sample sample(int index) {
            return new Noise().sample(index);
        }

        @Override
        public Content read(int index) throws IOException {
            while (!stop.isRaised()) {
                if (Thread.interrupted()) {
                    throw new IOException("nobody waits any more");
                }
                Thread.onSpinWait();
            }
            return new Noise().read(index);
        }
    }

    private static float[] values(JointBatch batch) {
        var inputs = batch.part().inputs();
        var values = FloatBuffer.allocate(inputs.size() * inputs.shape().size());
        inputs.writeTo(values);
        return values.array();
    }

    private static JointBatches batches(Processes processes, int start) {
        return batches(new Noise(), processes, start);
    }

    private static JointBatches batches(Dataset dataset, Processes processes, int start) {
        var bad = new BadImages(10, 0.5, "folder", image -> {});
        bad.add(new BadImage(5, "5.png", "broken"));
        var loader = new ImageLoader(
                dataset, new ImageDecoder(false), bad, new ImageLoader.Settings(2, 2, 0), ImageConsumer.PLAIN);
        var images = new PretextImages(new Images(dataset, loader, SIDE), BATCH, new Seed(5), processes);
        var plan = new EpochPlan(
                0,
                List.of(),
                NamedTensors.empty(),
                FeatureMatrix.allocate(1, 1),
                new int[10],
                new float[10],
                new float[10],
                null,
                ORDER,
                new LinkedHashMap<>());
        return images.augmented(plan, start);
    }

    /** Ten pictures, larger than the views that are cut out of them. */
    private record Noise() implements Dataset {
        @Override
        public DatasetSummary summary() {
            return new DatasetSummary("folder", List.of(), 0, "none");
        }

        @Override
        public int size() {
            return 10;
        }

        @Override
        public Sample sample(int index) {
            return new Sample(index + ".png", -1);
        }

        @Override
        public Content read(int index) {
            var rgb = new byte[20 * 16 * 3];
            for (var i = 0; i < rgb.length; i++) {
                rgb[i] = (byte) new Seed(index).bits(i);
            }
            return new Content.Decoded(new Image(20, 16, rgb));
        }
    }
}
