package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TransferTest {
    private static final DjlEngine ENGINE = DjlEngine.open(new DjlOptions("cpu", OptionalInt.empty()));

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void readingLeavesNothingBehindEvenWhereTheLayoutHasToChange() {
        try (var scope = ENGINE.manager.newSubManager()) {
            var turned = scope.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3))
                    .transpose();
            var before = scope.getManagedArrays().size();
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, Transfer.read(turned));
            assertEquals(before, scope.getManagedArrays().size());
        }
    }

    @Test
    void severalBlocksArriveInOrderAndInThePresentStorage() {
        var rows = 3; // of 3 million values: each is a block
        var values = new float[rows * 3_000_000];
        IntStream.range(0, values.length).forEach(i -> values[i] = i);
        try (var scope = ENGINE.manager.newSubManager()) {
            var target = scope.zeros(new Shape(rows, 3, 1000, 1000));
            var alias = target.stopGradient();
            new Transfer().write(values, target);
            assertArrayEquals(values, Transfer.read(target));
            assertArrayEquals(values, Transfer.read(alias));
        }
    }

    @Test
    void aLeafThatIsTrainedCanBeOverwritten() {
        var before = JniUtils.isGradMode();
        try (var scope = ENGINE.manager.newSubManager()) {
            var leaf = scope.zeros(new Shape(2));
            leaf.setRequiresGradient(true);
            JniUtils.setGradMode(false);
            new Transfer().write(new float[] {1, 2}, leaf);
            assertArrayEquals(new float[] {1, 2}, Transfer.read(leaf));
        } finally {
            JniUtils.setGradMode(before);
        }
    }
}
