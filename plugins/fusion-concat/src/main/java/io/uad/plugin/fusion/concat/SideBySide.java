package io.uad.plugin.fusion.concat;

import io.uad.api.Seed;
import io.uad.api.engine.Activation;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import java.util.List;

/** Copies each sample's activations one after another. */
record SideBySide(List<FusedPart> parts) implements FusedLayout {
    @Override
    public float[] fuse(List<Activation> activations, Seed batch) {
        var samples = activations.get(0).samples();
        var columns = columns();
        var rows = new float[Math.multiplyExact(samples, columns)];
        var offset = 0;
        for (var part = 0; part < parts.size(); part++) {
            var width = parts.get(part).columns();
            var activation = activations.get(part);
            if (activation.samples() != samples || activation.shape().size() != width) {
                throw new IllegalArgumentException("part " + parts.get(part).name() + " must be " + samples
                        + " rows of " + width + ", was " + activation.samples() + " of " + activation.shape());
            }
            for (var sample = 0; sample < samples; sample++) {
                System.arraycopy(activation.values(), sample * width, rows, sample * columns + offset, width);
            }
            offset += width;
        }
        return rows;
    }
}
