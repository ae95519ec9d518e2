package io.uad.runtime.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.ProcessGroup;
import io.uad.api.engine.StageContext;
import io.uad.api.fusion.FusedPart;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.process.Processes;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureReducerTest {
    private static final StageContext CONTEXT = StageContext.quiet(new JavaLinearAlgebra(), new Seed(1));

    @Test
    void everySampleIsForwardedOnceAndKeepsItsPlaceWhateverTheSampleSize() {
        for (var fitRows : new int[] {7, 100, 1000}) {
            var source = new Counting(100, 4, -1);
            var reduced = new FeatureReducer(new FirstColumns(2, fitRows), FloatBuffer::allocate, CONTEXT)
                    .reduce(source, 100);
            assertEquals(100, reduced.rows().rows());
            for (var i = 0; i < 100; i++) {
                assertEquals(i, reduced.samples()[i]);
                assertArrayEquals(new float[] {i, i + 0.25f}, reduced.rows().row(i));
            }
            assertEquals(100, source.seen.size());
            assertEquals(100, source.seen.stream().distinct().count());
        }
    }

    @Test
    void samplesThatCannotBeReadAreLeftOut() {
        for (var fitRows : new int[] {10, 1000}) {
            var reduced = new FeatureReducer(new FirstColumns(1, fitRows), FloatBuffer::allocate, CONTEXT)
                    .reduce(new Counting(50, 3, 17), 50);
            assertEquals(49, reduced.rows().rows());
            assertEquals(16, reduced.samples()[16]);
            assertEquals(18, reduced.samples()[17]);
            assertEquals(18, reduced.rows().get(17, 0));
            assertEquals(49, reduced.rows().get(48, 0));
        }
    }

    @Test
    void theFitSeesASampleDrawnByTheSeed() {
        var reduction = new FirstColumns(1, 10);
        new FeatureReducer(reduction, FloatBuffer::allocate, CONTEXT).reduce(new Counting(100, 2, -1), 100);
        assertEquals(10, reduction.fitted.length);
        assertTrue(!Arrays.equals(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, reduction.fitted));
        var again = new FirstColumns(1, 10);
        new FeatureReducer(again, FloatBuffer::allocate, CONTEXT).reduce(new Counting(100, 2, -1), 100);
        assertArrayEquals(reduction.fitted, again.fitted);
    }

    /**
     * 20,000 and 100,000 rows of 9,928 columns: 80,000 more rows may cost no memory but their 256 floats (78 MiB in the
     * mapped file); all fused rows would take 3.0 GiB more. Each runs in a JVM of its own whose heap is resident from the
     * start and too small for them, so that only the rows can make a difference.
     */
    @Test
    void memoryGrowsOnlyByTheReducedRows(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs /proc/self/status");
        var few = residentAfter(20_000, folder);
        var many = residentAfter(100_000, folder);
        var allowed = 80_000L * 256 * 4 + (50L << 20); // the rows themselves, and 50 MiB for the JVM's own moods
        assertTrue(many - few < allowed, "grew by " + ((many - few) >> 20) + " MiB, allowed " + (allowed >> 20));
    }

    private static long residentAfter(int rows, Path folder) throws IOException, InterruptedException {
        var printed = folder.resolve("resident-" + rows);
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms400m",
                        "-Xmx400m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyRows.class.getName(),
                        Integer.toString(rows),
                        folder.resolve("reduced-" + rows).toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertEquals(0, process.waitFor(), Files.readString(printed));
        return Long.parseLong(Files.readString(printed).strip());
    }

    /** What the other JVM runs: reduces that many rows into that file and prints its resident bytes. */
    static final class ManyRows {
        private ManyRows() {}

        public static void main(String[] arguments) throws IOException {
            var rows = Integer.parseInt(arguments[0]);
            var file = Path.of(arguments[1]);
            try (var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                var position = new long[1];
                FeatureMatrix.Storage mapped = floats -> {
                    try {
                        var block = channel.map(FileChannel.MapMode.READ_WRITE, position[0], floats * 4L);
                        position[0] += floats * 4L;
                        return block.asFloatBuffer();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                };
                var reduced = new FeatureReducer(new FirstColumns(256, 2_000), mapped, CONTEXT)
                        .reduce(new Counting(rows, 9_928, -1), rows);
                assertEquals(rows, reduced.rows().rows());
                assertEquals(rows - 1, reduced.rows().get(rows - 1, 0));
            }
            for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    System.out.println(Long.parseLong(line.replaceAll("\\D", "")) << 10);
                }
            }
        }
    }

    /** Row i is i, i + 0.25, i + 0.5, ... */
    private static final class Counting implements FusedRows {
        private final int count;
        private final int columns;
        private final int unreadable;
        private final List<Integer> seen = new ArrayList<>();
        private double factor = 1;

        Counting(int count, int columns, int unreadable) {
            this.count = count;
            this.columns = columns;
            this.unreadable = unreadable;
        }

        @Override
        public List<FusedPart> parts() {
            return columns < 4
                    ? List.of(new FusedPart("all", columns))
                    : List.of(new FusedPart("first", 1), new FusedPart("rest", columns - 1));
        }

        @Override
        public double[] scales(double[] variances) {
            var factors = new double[variances.length];
            Arrays.fill(factors, factor);
            return factors;
        }

        @Override
        public void stream(int[] samples, Consumer consumer) {
            for (var first = 0; first < samples.length; first += 64) {
                var batch = Arrays.stream(samples, first, Math.min(samples.length, first + 64))
                        .filter(sample -> sample != unreadable)
                        .toArray();
                var rows = new float[batch.length * columns];
                for (var i = 0; i < batch.length; i++) {
                    assertTrue(batch[i] < count);
                    seen.add(batch[i]);
                    for (var j = 0; j < columns; j++) {
                        rows[i * columns + j] = batch[i] + j * 0.25f;
                    }
                }
                consumer.accept(batch, rows);
            }
        }
    }

    /** Keeps the first columns, and remembers what it was fitted on. */
    private static final class FirstColumns implements Reduction {
        private final int kept;
        private final int sampleRows;
        private float[] fitted = {};
        private int closed;

        FirstColumns(int kept, int sampleRows) {
            this.kept = kept;
            this.sampleRows = sampleRows;
        }

        @Override
        public Projection fit(FeatureMatrix sample, StageContext context) {
            fitted = new float[sample.rows()];
            for (var i = 0; i < fitted.length; i++) {
                fitted[i] = sample.get(i, 0);
            }
            context.progress().update(1, 1);
            return projection();
        }

        @Override
        public Projection restore(NamedTensors state, LinearAlgebra algebra) {
            return projection();
        }

        @Override
        public int minimumRows() {
            return 1;
        }

        @Override
        public int sampleRows() {
            return sampleRows;
        }

        private Projection projection() {
            return new Projection() {
                @Override
                public int columns() {
                    return kept;
                }

                @Override
                public FeatureMatrix project(FeatureMatrix rows) {
                    var reduced = FeatureMatrix.allocate(rows.rows(), kept);
                    for (var i = 0; i < rows.rows(); i++) {
                        reduced.write(i, 1, Arrays.copyOf(rows.row(i), kept));
                    }
                    return reduced;
                }

                @Override
                public NamedTensors state() {
                    return new NamedTensors(java.util.Map.of("kept", Tensor.of(new int[] {kept}, 1)));
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }
    }

    /** Row i is i, i + 0.25, ...: each column has the variance of 0..99, which is 833.25. */
    @Test
    void partsAreMultipliedByTheFactorsOfTheFusionAndTheirSharesAreThoseBefore() {
        for (var fitRows : new int[] {50, 100}) {
            var source = new Counting(100, 4, -1);
            source.factor = 2;
            var reduced = new FeatureReducer(new FirstColumns(2, fitRows), FloatBuffer::allocate, CONTEXT)
                    .reduce(source, 100);
            assertArrayEquals(new double[] {0.25, 0.75}, reduced.varianceShares(), 1e-12);
            for (var i = 0; i < 100; i++) {
                assertArrayEquals(
                        new float[] {2 * i, 2 * i + 0.5f}, reduced.rows().row(i));
            }
            assertArrayEquals(
                    new float[] {2, 2},
                    reduced.projection().get("fusion-scales").floats());
            assertTrue(reduced.projection().has("reduction.kept"));
        }
    }

    @Test
    void aStoredProjectionMakesTheSameRowsAgain() {
        var source = new Counting(20, 4, -1);
        source.factor = 2;
        var reduction = new FirstColumns(2, 100);
        var reduced = new FeatureReducer(reduction, FloatBuffer::allocate, CONTEXT).reduce(source, 20);
        try (var stored =
                new StoredProjection(reduction, source.parts(), reduced.projection(), new JavaLinearAlgebra())) {
            assertEquals(2, stored.columns());
            source.stream(new int[] {3, 7}, (samples, rows) -> {
                var again = stored.project(rows);
                for (var i = 0; i < samples.length; i++) {
                    assertArrayEquals(reduced.rows().row(samples[i]), again.row(i));
                }
            });
        }
    }

    @Test
    void aStoredProjectionOfOtherPartsIsRefused() {
        var reduction = new FirstColumns(2, 100);
        var reduced = new FeatureReducer(reduction, FloatBuffer::allocate, CONTEXT).reduce(new Counting(20, 4, -1), 20);
        for (var state : List.of(reduced.projection(), NamedTensors.empty())) {
            var error = org.junit.jupiter.api.Assertions.assertThrows(
                    io.uad.api.UadException.class,
                    () -> new StoredProjection(
                            reduction, List.of(new FusedPart("all", 4)), state, new JavaLinearAlgebra()));
            assertEquals(io.uad.api.ErrorKind.DATA, error.kind());
        }
    }

    @Test
    void aFactorThatIsNoneIsThePluginsMistake() {
        for (var factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            var source = new Counting(9, 2, -1);
            source.factor = factor;
            var reducer = new FeatureReducer(new FirstColumns(1, 10), FloatBuffer::allocate, CONTEXT);
            var error = org.junit.jupiter.api.Assertions.assertThrows(
                    io.uad.api.UadException.class, () -> reducer.reduce(source, 9));
            assertEquals(io.uad.api.ErrorKind.PLUGIN, error.kind());
        }
    }

    @Test
    void aFitThatTheOthersCannotBeToldOfIsClosed() {
        var reduction = new FirstColumns(1, 10);
        var processes = Processes.of(new Deaf(), new StopSignal());
        var reducer = new FeatureReducer(reduction, FloatBuffer::allocate, CONTEXT, processes, 4);
        org.junit.jupiter.api.Assertions.assertThrows(
                io.uad.api.UadException.class, () -> reducer.reduce(new Counting(9, 2, -1), 9));
        assertEquals(5, reduction.fitted.length); // its part: batches 0 and 2 of 4, 4 and 1 samples
        assertEquals(1, reduction.closed);
    }

    /** The first of two processes, of which the other has nothing to say and hears nothing. */
    private static final class Deaf implements ProcessGroup {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public void sum(double[] values) {}

        @Override
        public byte[] broadcast(byte[] values) {
            throw io.uad.api.UadException.resource("process 1 has ended", "", "", "");
        }

        @Override
        public List<byte[]> gather(byte[] values) {
            return List.of(values);
        }

        @Override
        public void close() {}
    }

    @Test
    void aRaisedProgressEndsTheWork() {
        Progress stopping = (done, total) -> {
            throw new java.util.concurrent.CancellationException("stop");
        };
        var context = new StageContext(new JavaLinearAlgebra(), new Seed(1), stopping, sentence -> {});
        var reducer = new FeatureReducer(new FirstColumns(1, 10), FloatBuffer::allocate, context);
        org.junit.jupiter.api.Assertions.assertThrows(
                java.util.concurrent.CancellationException.class, () -> reducer.reduce(new Counting(9, 2, -1), 9));
    }
}
