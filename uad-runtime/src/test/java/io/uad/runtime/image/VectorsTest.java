package io.uad.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.TensorShape;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import io.uad.api.image.Normalization;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Vectors pass the same stream as images do. */
@Timeout(60)
class VectorsTest {
    private static final int COUNT = 11;

    private final List<BadImage> told = new ArrayList<>();

    /** Row {@code i} is {@code [i, 10 i]}; rows 3 and 4 are broken. */
    private record Rows(OptionalInt promised, Content content) implements Dataset {
        @Override
        public DatasetSummary summary() {
            return new DatasetSummary("rows", List.of(), 0, "none", promised);
        }

        @Override
        public int size() {
            return COUNT;
        }

        @Override
        public Sample sample(int index) {
            return new Sample("row-" + index, -1);
        }

        @Override
        public Content read(int index) throws IOException {
            if (index == 3 || index == 4) {
                throw new IOException("it is broken");
            }
            return index == COUNT - 1 ? content : new Content.Vector(new float[] {index, 10 * index});
        }
    }

    @Test
    void batchesHoldTheVectorsOfTheGoodRowsInOrder() {
        for (var workers = 1; workers < 4; workers++) {
            told.clear();
            var dataset = new Rows(OptionalInt.of(2), new Content.Vector(new float[] {-1, -2}));
            var batches = load(dataset, workers);
            assertEquals(3, batches.size());
            var middle = batches.get(1);
            assertArrayEquals(new int[] {6, 7, 8, 9}, middle.indices());
            assertEquals(6, middle.firstPosition());
            assertEquals(1, middle.views());
            assertEquals(TensorShape.vector(2), middle.inputs().shape());
            var values = FloatBuffer.allocate(8);
            middle.inputs().writeTo(values);
            assertArrayEquals(new float[] {6, 60, 7, 70, 8, 80, 9, 90}, values.array());
            assertEquals(1, batches.get(2).inputs().size());
            assertEquals(
                    List.of(new BadImage(3, "row-3", "it is broken"), new BadImage(4, "row-4", "it is broken")), told);
        }
    }

    private List<LoadedBatch> load(Dataset dataset, int workers) {
        var loader = new ImageLoader(
                dataset,
                new ImageDecoder(false),
                new BadImages(COUNT, 0.5, "rows", told::add),
                new ImageLoader.Settings(workers, 2, 0),
                ImageConsumer.PLAIN);
        var batches = new ArrayList<LoadedBatch>();
        try (var stream = loader.all(ViewChooser.evaluation(8), Normalization.IMAGENET, 4)) {
            stream.forEachRemaining(batches::add);
        }
        return batches;
    }
}
