package io.uad.runtime.inference;

import io.uad.api.FeatureMatrix;
import io.uad.api.backbone.Network;
import io.uad.api.engine.TrainingSession;
import io.uad.runtime.feature.FrozenNetwork;
import io.uad.runtime.feature.TapReading;
import io.uad.runtime.image.LoadedBatch;
import java.util.List;

/** The activation at one tap. */
final class TapFeatures implements BatchFeatures {
    private final FrozenNetwork frozen;
    private final int columns;

    TapFeatures(TrainingSession session, Network network, TapReading reading) {
        this.frozen = new FrozenNetwork(session, network, List.of(reading));
        this.columns = reading.columns();
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public FeatureMatrix of(LoadedBatch batch) {
        return FeatureMatrix.of(frozen.read(batch.inputs()).get(0), columns);
    }

    @Override
    public void close() {
        // the session is whose it was
    }
}
