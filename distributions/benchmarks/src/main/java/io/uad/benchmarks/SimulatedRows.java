package io.uad.benchmarks;

import io.uad.api.Seed;
import io.uad.api.fusion.FusedPart;
import io.uad.runtime.feature.FusedRows;
import java.util.Arrays;
import java.util.List;

/** Rows around 1,000 centres with noise, made when they are asked for; the same row is the same each time. */
final class SimulatedRows implements FusedRows {
    private static final int CENTRES = 1000;
    private static final int BATCH = 256;
    private static final int NOISE = 1 << 20;
    private static final Seed SEED = new Seed(5);

    private final int columns;
    private final float[][] centres;
    private final float[] noise;

    SimulatedRows(int columns) {
        this.columns = columns;
        this.noise = gaussians(NOISE + columns, SEED.derive("noise"));
        this.centres = new float[CENTRES][];
        for (var i = 0; i < CENTRES; i++) { // pieces of one long line, which are as good as independent
            var from = SEED.derive("centre").integer(i, NOISE);
            centres[i] = Arrays.copyOfRange(noise, from, from + columns);
        }
    }

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
            var some = Arrays.copyOfRange(samples, first, Math.min(samples.length, first + BATCH));
            var rows = new float[some.length * columns];
            for (var i = 0; i < some.length; i++) {
                write(some[i], rows, i * columns);
            }
            consumer.accept(some, rows);
        }
    }

    private void write(int sample, float[] rows, int at) {
        var centre = centres[SEED.derive("cluster").integer(sample, CENTRES)];
        var from = SEED.derive("place").integer(sample, NOISE);
        for (var j = 0; j < columns; j++) {
            rows[at + j] = centre[j] + 0.5f * noise[from + j];
        }
    }

    private static float[] gaussians(int count, Seed seed) {
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return values;
    }
}
