package io.uad.plugin.fusion.concat;

import io.uad.api.Seed;
import io.uad.api.engine.Activation;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws channels of the first activation anew for each batch, as the original program does by mistake.
 *
 * @param count how many
 * @param inner joins what was drawn
 */
record PerBatchChannels(int count, FusedLayout inner) implements FusedLayout {
    @Override
    public List<FusedPart> parts() {
        return inner.parts();
    }

    @Override
    public double[] scales(double[] variances) {
        return inner.scales(variances);
    }

    @Override
    public float[] fuse(List<Activation> activations, Seed batch) {
        var whole = activations.get(0);
        var drawn = Channels.draw(count, whole.shape().channels(), batch.derive("fusion-channels"));
        var chosen = new ArrayList<>(activations);
        chosen.set(0, Channels.of(whole, drawn));
        return inner.fuse(chosen, batch);
    }
}
