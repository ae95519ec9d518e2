package io.uad.runtime.inference;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.engine.Activation;
import io.uad.api.fusion.FusedLayout;
import io.uad.runtime.feature.ForwardPass;
import io.uad.runtime.feature.StoredProjection;
import io.uad.runtime.image.LoadedBatch;
import java.util.Arrays;
import java.util.List;

/** The rows that a run clusters: fused as it fused them and projected as it projected them. */
final class ClusteredFeatures implements BatchFeatures {
    /** Seeds with which a batch is fused to see whether they matter. */
    private static final int TRIALS = 3;

    private final String fusion;
    private final Seed seed;
    private final ForwardPass forward;
    private final FusedLayout layout;
    private final StoredProjection projection;
    private boolean tried;

    ClusteredFeatures(ClusteredModel clustered, OpenModel open) {
        var model = clustered.model();
        this.fusion = model.config().fusion().name();
        this.seed = clustered.seed();
        this.forward = new ForwardPass(open.session(), model.network(), model.clustered());
        this.layout = clustered.fusion().layout(model.network(), model.clustered(), seed);
        this.projection = new StoredProjection(
                clustered.reduction(), layout.parts(), clustered.state().projection(), open.algebra());
    }

    @Override
    public int columns() {
        return projection.columns();
    }

    /** @throws UadException of kind CONFIG if the fusion is another one for every batch */
    @Override
    public FeatureMatrix of(LoadedBatch batch) {
        var activations = forward.of(batch.inputs());
        var fused = layout.fuse(activations, seed);
        requireLastingChoices(activations, fused);
        return projection.project(fused);
    }

    private void requireLastingChoices(List<Activation> activations, float[] fused) {
        for (var trial = 0; trial < TRIALS && !tried; trial++) {
            if (!Arrays.equals(
                    fused, layout.fuse(activations, seed.derive("trial").derive(trial)))) {
                throw UadException.config(
                        "the run's fusion chooses anew for every batch, so the row of an image cannot be made again",
                        "fusion/" + fusion,
                        "a fusion whose choices last",
                        "Train with such a fusion, for instance 'concat' with its defaults");
            }
        }
        tried = true;
    }

    @Override
    public void close() {
        projection.close();
    }
}
