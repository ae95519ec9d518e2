package io.uad.plugin.reduction.pca;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.UadException;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import io.uad.api.reduction.ReductionForecast;
import java.util.Optional;
import java.util.OptionalInt;

/** Centres, finds the principal axes, and scales them so that each column has a sum of squares of 1 over the sample. */
final class Pca implements Reduction {
    /** Eigenvalues below this share of the largest one are rounding, not variance. */
    static final double NEGLIGIBLE = 1e-9;

    private static final int MOST_AUTOMATIC = 256;

    private final OptionalInt components;
    private final int sample;

    Pca(PcaOptions options) {
        this.components = options.components();
        this.sample = options.sample();
    }

    @Override
    public int minimumRows() {
        return components.isPresent() ? components.getAsInt() + 1 : 2; // centring takes one degree of freedom
    }

    @Override
    public int sampleRows() {
        return sample;
    }

    @Override
    public Optional<ReductionForecast> forecast(int rows, int columns) {
        return Optional.of(Effort.forecast(rows, columns, components(rows, columns)));
    }

    private int components(int rows, int columns) {
        return components.orElse(Math.max(1, Math.min(MOST_AUTOMATIC, Math.min(rows - 1, columns))));
    }

    @Override
    public Projection fit(FeatureMatrix rows, StageContext context) {
        var most = Math.min(rows.rows() - 1, rows.columns());
        var count = components(rows.rows(), rows.columns());
        if (rows.rows() < 2 || count > most) {
            throw UadException.config(
                    count + " components of " + rows.rows() + " images with " + rows.columns() + " feature columns",
                    "reduction.components",
                    most < 1 ? "2 images or more" : "1 to " + most + ", or auto",
                    "Lower reduction.components, or add images");
        }
        var moments = Moments.of(rows);
        PrincipalAxes axes;
        try (var centred = context.algebra().upload(moments.centred(rows))) {
            axes = PrincipalAxes.of(centred, count, context);
        }
        var kept = count;
        while (kept > 0 && axes.eigenvalues()[kept - 1] <= axes.eigenvalues()[0] * NEGLIGIBLE) {
            kept--;
        }
        if (kept < count && components.isPresent()) {
            throw UadException.data(
                    "the features vary in " + kept + " directions only, " + count + " components were asked for",
                    "reduction.components",
                    "at most " + kept + ", or auto",
                    "Lower reduction.components; many equal images or dead units make features alike");
        }
        return PcaProjection.of(moments, axes, kept, context.algebra());
    }

    @Override
    public Projection restore(NamedTensors state, LinearAlgebra algebra) {
        return PcaProjection.of(state, algebra);
    }
}
