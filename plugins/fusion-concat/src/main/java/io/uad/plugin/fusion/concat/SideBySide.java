package io.uad.plugin.fusion.concat;

import io.uad.api.Seed;
import io.uad.api.engine.Activation;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import java.util.List;

/**
 * Copies each sample's activations one after another.
 *
 * @param balanced whether the reduction sees each part with an equal share of the variance
 */
record SideBySide(List<FusedPart> parts, boolean balanced) implements FusedLayout {
    static SideBySide of(int lowColumns, int highColumns, boolean balanced) {
        return new SideBySide(List.of(new FusedPart("low", lowColumns), new FusedPart("high", highColumns)), balanced);
    }

    @Override
    public double[] scales(double[] variances) {
        return balanced ? Balance.scales(variances) : FusedLayout.super.scales(variances);
    }

    @Override
    public float[] fuse(List<Activation> activations, Seed batch) {
        var samples = activations.get(0).samples();
        var columns = columns();
        var rows = new float[Math.multiplyExact(samples, columns)];
        var offset = 0;
        for (var part = 0; part < parts.size(); part++) {
            var width = parts.get(part).columns();
            var values = Part.values(activations.get(part), parts.get(part).name(), samples, width);
            for (var sample = 0; sample < samples; sample++) {
                System.arraycopy(values, sample * width, rows, sample * columns + offset, width);
            }
            offset += width;
        }
        return rows;
    }
}
