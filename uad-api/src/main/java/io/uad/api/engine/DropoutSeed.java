package io.uad.api.engine;

import io.uad.api.Seed;
import java.nio.FloatBuffer;

/**
 * Dropout masks as a function of (seed, sample position, layer, unit): equal on every engine, however the samples are
 * divided into batches and processes.
 *
 * @param seed derived from the run's seed and the epoch
 * @param firstPosition the place of the batch's first sample in the epoch, 0 or more
 * @since 0.1
 */
public record DropoutSeed(Seed seed, long firstPosition) {
    /** No run needs dropout that can be told apart: for networks without any. */
    public static final DropoutSeed NONE = new DropoutSeed(new Seed(0), 0);

    /**
     * Writes the mask of a layer: 0 with the given probability, else {@code 1 / (1 - probability)}.
     *
     * @param layer the name of the {@link io.uad.api.backbone.Layer.Dropout}
     * @param probability of a zero, in [0, 1)
     * @param samples B
     * @param units values per sample
     * @param target receives {@code samples * units} floats from its position on
     */
    public void mask(String layer, double probability, int samples, int units, FloatBuffer target) {
        var threshold = (long) (probability * 0x1.0p32);
        var kept = (float) (1 / (1 - probability));
        var layerSeed = seed.derive(layer);
        var row = new float[units];
        for (var sample = 0; sample < samples; sample++) {
            var sampleSeed = layerSeed.derive(firstPosition + sample);
            for (var unit = 0; unit < units; unit += 2) { // two units from each 64 bits
                var bits = sampleSeed.bits(unit);
                row[unit] = (bits >>> 32) < threshold ? 0 : kept;
                if (unit + 1 < units) {
                    row[unit + 1] = (bits & 0xFFFFFFFFL) < threshold ? 0 : kept;
                }
            }
            target.put(row);
        }
    }
}
