package io.uad.runtime.training;

import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.fusion.FusedLayout;
import io.uad.runtime.feature.FusedRows;
import java.util.List;

/** Fused rows of the network's own activations. */
record NetworkRows(
        String fusion, TrainingSession session, List<TapSelection> selections, FusedLayout layout, PretextImages images)
        implements FusedRows {
    @Override
    public int columns() {
        return layout.columns();
    }

    @Override
    public void stream(int[] samples, Consumer consumer) {
        try (var batches = images.centred(samples)) {
            while (batches.hasNext()) {
                var batch = batches.next();
                var activations = session.forward(batch.images(), selections);
                var rows = PluginContract.guard("fusion/" + fusion, () -> layout.fuse(activations));
                PluginContract.check(fusion, rows, batch.indices().length, columns());
                consumer.accept(batch.indices(), rows);
            }
        }
    }
}
