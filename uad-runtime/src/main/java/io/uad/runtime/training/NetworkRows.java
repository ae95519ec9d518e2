package io.uad.runtime.training;

import io.uad.api.Seed;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import io.uad.runtime.feature.FusedRows;
import java.util.List;

/** Fused rows of the network's own activations. */
record NetworkRows(
        TrainingSession session,
        List<TapSelection> selections,
        FusedLayout layout,
        PretextImages images,
        Seed epoch,
        Check check)
        implements FusedRows {
    /** Looks at activations before they are fused. */
    @FunctionalInterface
    interface Check {
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
        try (var batches = images.centred(samples)) {
            while (batches.hasNext()) {
                var batch = batches.next();
                var activations = session.forward(batch.inputs(), selections);
                check.accept(activations);
                var seed = epoch.derive("fusion").derive(batch.indices()[0]);
                var rows = layout.fuse(activations, seed);
                consumer.accept(batch.indices(), rows);
            }
        }
    }
}
