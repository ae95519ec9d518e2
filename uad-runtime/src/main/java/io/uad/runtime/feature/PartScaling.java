package io.uad.runtime.feature;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.fusion.FusedPart;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Multiplies the columns of each fused part by a factor. */
final class PartScaling {
    private static final String SCALES = "fusion-scales";
    private static final String REDUCTION = "reduction.";

    private final int[] widths;
    private final float[] scales;
    private final boolean identity;

    /** @throws UadException of kind PLUGIN if there is not one finite factor above 0 per part */
    PartScaling(List<FusedPart> parts, double[] factors) {
        if (factors.length != parts.size()) {
            throw broken(factors.length + " factors", parts.size() + ", one per part");
        }
        this.widths = parts.stream().mapToInt(FusedPart::columns).toArray();
        this.scales = new float[factors.length];
        var ones = true;
        for (var part = 0; part < factors.length; part++) {
            scales[part] = (float) factors[part];
            if (!(scales[part] > 0) || Float.isInfinite(scales[part])) {
                throw broken(
                        "the factor " + factors[part] + " for the part "
                                + parts.get(part).name(),
                        "finite, above 0");
            }
            ones &= scales[part] == 1;
        }
        this.identity = ones;
    }

    /**
     * What {@link #state} has kept.
     *
     * @throws IllegalArgumentException if it is not there, or of other parts
     */
    static PartScaling restore(List<FusedPart> parts, NamedTensors state) {
        var stored = state.get(SCALES).floats();
        if (stored.length != parts.size()) {
            throw new IllegalArgumentException(stored.length + " factors for " + parts.size() + " parts");
        }
        var factors = new double[stored.length];
        Arrays.setAll(factors, part -> stored[part]);
        return new PartScaling(parts, factors);
    }

    /** The reduction's own part of {@link #state}. */
    static NamedTensors reduction(NamedTensors state) {
        return state.withPrefix(REDUCTION);
    }

    /** D. */
    int columns() {
        return Arrays.stream(widths).sum();
    }

    /** Multiplies rows in place. */
    void apply(float[] rows) {
        if (identity) {
            return;
        }
        for (var at = 0; at < rows.length; ) {
            for (var part = 0; part < widths.length; part++) {
                for (var end = at + widths[part]; at < end; at++) {
                    rows[at] *= scales[part];
                }
            }
        }
    }

    /** Multiplies rows in place. */
    void apply(FeatureMatrix rows) {
        if (identity) {
            return;
        }
        var row = new float[rows.columns()];
        for (var i = 0; i < rows.rows(); i++) {
            rows.read(i, 1, row);
            apply(row);
            rows.write(i, 1, row);
        }
    }

    /** These factors and a reduction's state together. */
    NamedTensors state(NamedTensors reduction) {
        var all = new LinkedHashMap<String, Tensor>();
        all.put(SCALES, Tensor.of(scales, scales.length));
        all.putAll(reduction.prefixed(REDUCTION).asMap());
        return new NamedTensors(all);
    }

    /** What {@link #state} makes, without the values: shapes by name. */
    static Map<String, List<Integer>> shapes(List<FusedPart> parts, Map<String, List<Integer>> reduction) {
        var all = new LinkedHashMap<String, List<Integer>>();
        all.put(SCALES, List.of(parts.size()));
        reduction.forEach((name, shape) -> all.put(REDUCTION + name, shape));
        return all;
    }

    private static UadException broken(String found, String expected) {
        return new UadException(
                ErrorKind.PLUGIN,
                "the plugin returned " + found,
                "fusion",
                expected,
                "Report this to the plugin's author, or choose another plugin");
    }
}
