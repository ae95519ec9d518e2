package io.uad.plugin.fusion.concat;

import io.uad.api.Seed;
import io.uad.api.engine.Activation;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import java.util.List;

/** Projects both parts to one width and combines them into one. */
record Joint(RandomProjection low, RandomProjection high, int columns, Combination combination) implements FusedLayout {
    /**
     * @param width of each part once it is projected
     */
    static LowAndHigh.Join of(int width, int columns, Combination combination) {
        return (lowColumns, highColumns, seed) -> new Joint(
                new RandomProjection(lowColumns, width, seed.derive("fusion-projection-low")),
                new RandomProjection(highColumns, width, seed.derive("fusion-projection-high")),
                columns,
                combination);
    }

    static LowAndHigh.Join of(int width, Combination combination) {
        return of(width, width, combination);
    }

    @Override
    public List<FusedPart> parts() {
        return List.of(new FusedPart("joint", columns));
    }

    @Override
    public float[] fuse(List<Activation> activations, Seed batch) {
        var samples = activations.get(0).samples();
        return combination.combine(
                low.project(Part.values(activations.get(0), "low", samples, low.columns())),
                high.project(Part.values(activations.get(1), "high", samples, high.columns())),
                low.width(),
                batch);
    }
}
