package io.uad.runtime.feature;

/** Where rows of fused features come from: the network and the fusion, or a simulation. */
public interface FusedRows {
    /** D, the width of a row. */
    int columns();

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
