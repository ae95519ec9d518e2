package io.uad.runtime.feature;

import io.uad.runtime.process.Processes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

/**
 * Fused rows that several processes make, each its part, batch by batch in turn; the leader gets all of them. After each
 * batch the processes exchange what they have made and agree on whether to stop.
 *
 * @param batch samples of a batch
 */
record SharedRows(FusedRows source, Processes processes, int batch) {
    /** Bytes of rows that a process sends at once. */
    private static final int BYTES_AT_ONCE = 4 << 20;

    private static final int[] NO_SAMPLES = {};
    private static final float[] NO_ROWS = {};

    /**
     * Makes the rows of some samples.
     *
     * @param samples the same in every process
     * @param made what becomes of the rows of a batch in the process that made them
     * @param consumer of the leader; the parts come in any order
     * @throws CancellationException in all processes, if one was asked to stop
     */
    void stream(int[] samples, UnaryOperator<float[]> made, FusedRows.Consumer consumer) {
        if (processes.isAlone()) {
            source.stream(samples, (own, rows) -> consumer.accept(own, made.apply(rows)));
            return;
        }
        var exchange = new Exchange(consumer);
        source.stream(processes.dealt(samples, batch), (own, rows) -> exchange.give(own, made.apply(rows)));
        while (exchange.give(NO_SAMPLES, NO_ROWS)) {
            // others have more batches than this process
        }
    }

    /** How many rows a process sends at once. */
    static int rowsAtOnce(int columns) {
        return Math.max(1, BYTES_AT_ONCE / Float.BYTES / columns);
    }

    /** What so many rows are with the numbers of their samples. */
    static int bytes(int rows, int columns) {
        return rows * (Integer.BYTES + columns * Float.BYTES);
    }

    /** One batch of each process after the other. */
    private final class Exchange {
        private final FusedRows.Consumer consumer;

        Exchange(FusedRows.Consumer consumer) {
            this.consumer = consumer;
        }

        /**
         * Gives the leader a batch.
         *
         * @return whether any process had one
         */
        boolean give(int[] samples, float[] rows) {
            if (processes.stops()) {
                throw new CancellationException("the work was asked to stop");
            }
            var most = most(samples.length);
            if (most == 0) {
                return false;
            }
            var columns = most(samples.length == 0 ? 0 : rows.length / samples.length);
            var atOnce = rowsAtOnce(columns);
            for (var first = 0; first < most; first += atOnce) {
                var from = Math.min(first, samples.length);
                var to = Math.min(first + atOnce, samples.length);
                for (var part : processes.gather(bytes(samples, rows, from, to, columns))) {
                    take(ByteBuffer.wrap(part), columns);
                }
            }
            return true;
        }

        private int most(int own) {
            return Arrays.stream(processes.counts(own)).max().orElse(0);
        }

        private void take(ByteBuffer part, int columns) {
            var samples = new int[part.remaining() / bytes(1, columns)];
            if (samples.length == 0) {
                return;
            }
            part.asIntBuffer().get(samples);
            var rows = new float[samples.length * columns];
            part.position(samples.length * Integer.BYTES).asFloatBuffer().get(rows);
            try {
                consumer.accept(samples, rows);
            } catch (CancellationException e) {
                processes.requireStopped(e); // the next exchange tells the others
            }
        }
    }

    private static byte[] bytes(int[] samples, float[] rows, int from, int to, int columns) {
        var count = to - from;
        var bytes = ByteBuffer.allocate(bytes(count, columns));
        bytes.asIntBuffer().put(samples, from, count);
        bytes.position(count * Integer.BYTES).asFloatBuffer().put(rows, from * columns, count * columns);
        return bytes.array();
    }
}
