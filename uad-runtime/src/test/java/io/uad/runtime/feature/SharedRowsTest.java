package io.uad.runtime.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.fusion.FusedPart;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.process.GroupOfThreads;
import io.uad.runtime.process.Processes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedRowsTest {
    private static final int SAMPLES = 50;
    private static final int BATCH = 4;

    /** Wider than what is sent at once, so that every row goes by itself. */
    private static final int COLUMNS = (1 << 20) + 3;

    /** Row i is i, i, ... ; two samples cannot be read. */
    private record Constant(int columns) implements FusedRows {
        @Override
        public List<FusedPart> parts() {
            return List.of(new FusedPart("all", columns));
        }

        @Override
        public double[] scales(double[] variances) {
            return new double[] {1};
        }

        @Override
        public void stream(int[] samples, Consumer consumer) {
            for (var first = 0; first < samples.length; first += BATCH) {
                var batch = Arrays.stream(samples, first, Math.min(samples.length, first + BATCH))
                        .filter(sample -> sample != 5 && sample != 49)
                        .toArray();
                var rows = new float[batch.length * columns];
                for (var i = 0; i < batch.length; i++) {
                    Arrays.fill(rows, i * columns, (i + 1) * columns, batch[i]);
                }
                consumer.accept(batch, rows);
            }
        }
    }

    @Test
    void theLeaderGetsEachRowOnceHoweverManyMakeThemAndHoweverWideTheyAre() {
        for (var columns : new int[] {1, 7, COLUMNS}) {
            var count = columns == COLUMNS ? 11 : SAMPLES;
            var samples = IntStream.range(0, count).toArray();
            var group = new GroupOfThreads(3);
            var got = GroupOfThreads.outcomes(3, rank -> {
                var values = new float[count];
                new SharedRows(new Constant(columns), Processes.of(group.member(rank), new StopSignal()), BATCH)
                        .stream(samples, rows -> rows, (theirs, rows) -> {
                            for (var i = 0; i < theirs.length; i++) {
                                values[theirs[i]] += rows[i * columns] + 1;
                                assertEquals(rows[i * columns], rows[(i + 1) * columns - 1]);
                            }
                        });
                return values;
            });
            var expected = new float[count];
            for (var sample : samples) {
                expected[sample] = sample == 5 || sample == 49 ? 0 : sample + 1;
            }
            assertArrayEquals(expected, got.get(0).value());
            assertArrayEquals(new float[count], got.get(1).value());
        }
    }

    @Test
    void aStopWhileTheLeaderTakesRowsCancelsAll() {
        var group = new GroupOfThreads(3);
        var got = GroupOfThreads.outcomes(3, rank -> {
            var stop = new StopSignal();
            new SharedRows(new Constant(2), Processes.of(group.member(rank), stop), BATCH)
                    .stream(IntStream.range(0, SAMPLES).toArray(), rows -> rows, (theirs, rows) -> {
                        stop.raise();
                        stop.check();
                    });
            return true;
        });
        for (var outcome : got) {
            assertInstanceOf(CancellationException.class, outcome.failure());
        }
        assertTrue(got.size() == 3);
    }
}
