package io.uad.runtime.plugin;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import io.uad.api.reduction.ReductionForecast;
import java.util.Optional;

/** A reduction whose failures name it, and whose projected rows are checked. */
record GuardedReduction(RegisteredComponent component, Reduction reduction) implements Reduction {
    @Override
    public Projection fit(FeatureMatrix sample, StageContext context) {
        return new Checked(component, PluginContract.guard(component, "fit()", () -> reduction.fit(sample, context)));
    }

    @Override
    public Projection restore(NamedTensors state, LinearAlgebra algebra) {
        // What it says of a state that does not fit, the one who asked tells with its place.
        return new Checked(
                component,
                PluginContract.guard(
                        component,
                        "restore()",
                        IllegalArgumentException.class,
                        () -> reduction.restore(state, algebra)));
    }

    @Override
    public int minimumRows() {
        return PluginContract.guard(component, "minimumRows()", reduction::minimumRows);
    }

    @Override
    public int sampleRows() {
        return PluginContract.guard(component, "sampleRows()", reduction::sampleRows);
    }

    @Override
    public Optional<ReductionForecast> forecast(int rows, int columns) {
        return PluginContract.guard(component, "forecast()", () -> reduction.forecast(rows, columns));
    }

    record Checked(RegisteredComponent component, Projection projection) implements Projection {
        @Override
        public int columns() {
            return PluginContract.guard(component, "columns()", projection::columns);
        }

        @Override
        public FeatureMatrix project(FeatureMatrix rows) {
            var projected = PluginContract.guard(component, "project()", () -> projection.project(rows));
            PluginContract.check(component, projected, rows.rows(), columns());
            return projected;
        }

        @Override
        public NamedTensors state() {
            return PluginContract.guard(component, "state()", projection::state);
        }

        @Override
        public void close() {
            PluginContract.run(component, projection::close);
        }
    }
}
