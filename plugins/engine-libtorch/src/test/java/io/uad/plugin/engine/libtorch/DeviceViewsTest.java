package io.uad.plugin.engine.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.engine.DeviceChoice;
import io.uad.api.image.Image;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.api.image.View;
import io.uad.plugin.engine.common.StepBuffers;
import io.uad.testkit.contract.ResidentMemory;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeviceViewsTest {
    private static final int SIDE = 24;

    @BeforeAll
    static void load() {
        Library.load();
    }

    @Test
    void howManyBoxesAreFilteredAtOnceDoesNotMatter() {
        var batch = batch(5, 12);
        for (var mostBytes : new long[] {1, 40_000, 1L << 30}) {
            assertArrayEquals(onHost(batch), onDevice(batch, mostBytes));
        }
    }

    /** Each box lies in a rectangle that holds the largest of its part: a high and a wide one do not share one. */
    @Test
    void boxesAreFilteredTogetherAsFarAsTheirRectangleAllows() {
        var images = new ArrayList<Image>();
        var views = new ArrayList<View>();
        for (var sides : new int[][] {{4, 4}, {6, 4}, {400, 2}, {2, 400}, {3, 3}}) {
            images.add(new Image(sides[0], sides[1], new byte[sides[0] * sides[1] * 3]));
            views.add(new View(0, 0, sides[0], sides[1], 2, 2, false, 0, 0, 2));
        }
        var batch = new ImageBatch(images, views, Normalization.IMAGENET);
        var first = ViewBoxes.of(batch, 0, 4000);
        assertEquals(2, first.count());
        assertEquals(6, first.width());
        assertEquals(4, first.height());
        assertEquals(1, ViewBoxes.of(batch, 2, 4000).count());
        assertEquals(2, ViewBoxes.of(batch, 3, 40_000).count());
    }

    /** As a run announces: the next batch before the one in hand is used. */
    @Test
    void eachAnnouncedBatchIsBroughtOnceAndUsed() {
        var device = device();
        var brought = new AtomicInteger();
        var batches =
                LongStream.range(0, 5).mapToObj(number -> batch(number, 4)).toList();
        Native.withoutGradient(() -> "looking ahead", () -> {
            try (var ahead = new AheadInputs(device, counting(device, brought))) {
                assertTrue(ahead.take(batches.get(0)).isEmpty());
                for (var i = 0; i < batches.size(); i++) {
                    if (i + 1 < batches.size()) {
                        ahead.begin(batches.get(i + 1));
                    }
                    if (i > 0) {
                        var taken = ahead.take(batches.get(i)).orElseThrow();
                        assertArrayEquals(onHost(batches.get(i)), Transfer.read(taken));
                    }
                }
                assertTrue(ahead.take(batches.get(0)).isEmpty());
            }
            return this;
        });
        assertEquals(batches.size() - 1, brought.get());
    }

    @Test
    void aBatchThatFailedToComeIsLeftToItsStep() {
        var device = device();
        var batch = batch(1, 2);
        Native.withoutGradient(() -> "looking ahead", () -> {
            try (var ahead = new AheadInputs(device, images -> {
                throw new IllegalStateException("no room");
            })) {
                ahead.begin(batch);
                assertTrue(ahead.take(batch).isEmpty());
                ahead.begin(batch);
            }
            return this;
        });
    }

    @Test
    void anInterruptedThreadClosesOnlyWhenNothingIsOnItsWay() {
        var device = device();
        var brought = new AtomicInteger();
        var ahead = new AheadInputs(device, images -> {
            LockSupport.parkNanos(200_000_000);
            return counting(device, brought).apply(images);
        });
        ahead.begin(batch(1, 2));
        Thread.currentThread().interrupt();
        ahead.close();
        assertTrue(Thread.interrupted(), "the flag stays for the caller");
        assertEquals(1, brought.get());
    }

    @Test
    void partsOfABatchAreFoundWhereOneImageHasSeveralViews() {
        var device = device();
        var one = batch(3, 1).images().get(0);
        var views = new ArrayList<View>();
        for (var left = 0; left < 4; left++) {
            views.add(new View(0, 0, one.width(), one.height(), SIDE + 3, SIDE, false, left, 0, SIDE));
        }
        var batch = new ImageBatch(Collections.nCopies(4, one), views, Normalization.IMAGENET);
        var part = new ImageBatch(Collections.nCopies(2, one), views.subList(2, 4), Normalization.IMAGENET);
        Native.withoutGradient(() -> "looking ahead", () -> {
            try (var ahead = new AheadInputs(device, new DeviceViews(device.transfer())::of)) {
                ahead.begin(batch);
                assertArrayEquals(onHost(part), Transfer.read(ahead.take(part).orElseThrow()));
            }
            return this;
        });
    }

    private static Function<ImageBatch, Tensor> counting(LibtorchDevice device, AtomicInteger count) {
        return images -> {
            count.incrementAndGet();
            return new DeviceViews(device.transfer()).of(images);
        };
    }

    @Test
    void whatComesAheadKeepsNoMemory() throws IOException {
        var device = device();
        var buffers = new StepBuffers(Native.ENGINE);
        var arithmetic = ArithmeticChoice.of(new LibtorchOptions("cpu", OptionalInt.empty()), device)
                .arithmetic();
        try (var inputs = new Inputs(TensorShape.image(SIDE), device, arithmetic, true, buffers)) {
            ResidentMemory.assertFlat(48, round -> {
                var batch = batch(round, 64);
                inputs.prepare(batch);
                Native.withoutGradient(() -> "taking", () -> inputs.of(batch).numel());
                inputs.prepare(batch(round + 1, 64)); // dropped by the next one
            });
        }
    }

    private static LibtorchDevice device() {
        return Devices.open(DeviceChoice.of("cpu")).device();
    }

    private static float[] onHost(ImageBatch batch) {
        var values = FloatBuffer.allocate(batch.size() * batch.shape().size());
        batch.writeTo(values);
        return values.array();
    }

    private static float[] onDevice(ImageBatch batch, long mostBytes) {
        return Native.withoutGradient(
                () -> "taking views",
                () -> Transfer.read(new DeviceViews(new Transfer(new Device(DeviceType.CPU)), mostBytes).of(batch)));
    }

    /** Boxes of noise, of a third to three times the side. */
    private static ImageBatch batch(long number, int size) {
        var random = new Random(new Seed(number).value());
        var images = new ArrayList<Image>();
        var views = new ArrayList<View>();
        for (var i = 0; i < size; i++) {
            var width = SIDE / 3 + random.nextInt(SIDE * 3);
            var height = SIDE / 3 + random.nextInt(SIDE * 3);
            var rgb = new byte[width * height * 3];
            random.nextBytes(rgb);
            images.add(new Image(width, height, rgb));
            views.add(new View(0, 0, width, height, SIDE + 3, SIDE, random.nextBoolean(), 2, 0, SIDE));
        }
        return new ImageBatch(images, views, Normalization.IMAGENET);
    }
}
