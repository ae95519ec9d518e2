package io.uad.runtime.feature;

import io.uad.api.Seed;
import io.uad.api.engine.Activation;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import io.uad.runtime.image.ImageStream;
import java.util.List;
import java.util.function.Function;

/**
 * Fused rows of the network's own activations.
 *
 * @param forward to the taps that are fused
 * @param images opens a pass over some samples, as an evaluation sees them
 * @param seed of this pass; the fusion's is derived from it
 * @param check looks at activations before they are fused
 */
public record NetworkRows(
        ForwardPass forward, FusedLayout layout, Function<int[], ImageStream> images, Seed seed, Check check)
        implements FusedRows {
    /** Looks at activations. */
    @FunctionalInterface
    public interface Check {
        void accept(List<Activation> activations);
    }

    @Override
    public List<FusedPart> parts() {
        return layout.parts();
    }

    @Override
    public double[] scales(double[] variances) {
        return layout.scales(variances);
    }

    @Override
    public void stream(int[] samples, Consumer consumer) {
        try (var batches = images.apply(samples)) {
            while (batches.hasNext()) {
                var batch = batches.next();
                var activations = forward.of(batch.inputs());
                check.accept(activations);
                var rows = layout.fuse(activations, seed.derive("fusion").derive(batch.indices()[0]));
                consumer.accept(batch.indices(), rows);
            }
        }
    }
}
