package io.uad.runtime.feature;

import io.uad.api.fusion.FusedPart;
import java.util.List;

/** Where rows of fused features come from: the network and the fusion, or a simulation. */
public interface FusedRows {
    /** The parts of a row in order; their widths add up to {@link #columns()}. */
    List<FusedPart> parts();

    /** {@link io.uad.api.fusion.FusedLayout#scales}. */
    double[] scales(double[] variances);

    /** D, the width of a row. */
    default int columns() {
        return parts().stream().mapToInt(FusedPart::columns).sum();
    }

    /**
     * Makes the rows of some samples, in order, batch by batch. Samples that cannot be read are left out.
     *
     * @param samples sample indices
     */
    void stream(int[] samples, Consumer consumer);

    /** Takes one batch of rows. */
    @FunctionalInterface
    interface Consumer {
        /**
         * @param samples which samples these are, {@code [n]}
         * @param rows {@code [n, D]}; owned by the consumer
         */
        void accept(int[] samples, float[] rows);
    }
}
