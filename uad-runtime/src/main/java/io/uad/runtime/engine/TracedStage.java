package io.uad.runtime.engine;

import java.util.Locale;

/**
 * The stages at which engines are compared, in the order of the data.
 *
 * <p>Up to the loss all functions are smooth, and the largest difference counts, relative to the largest value of the
 * reference's tensor: float32 keeps 24 bits, 6e-8, and a sum of n products in another order differs by some sqrt(n) of
 * these.
 *
 * <p>Gradients have steps: a rectifier whose input is 0 to within rounding may let its gradient pass on one engine and not on
 * the other, and where some thousand units add up at random, each of these is a percent or more of all layers below. So of
 * several batches the one with the smallest difference counts there: an engine whose gradients are wrong is so in all of them,
 * and what is wrong in some only, such as the dropout of later samples, shows in the losses. What counts is the mean
 * difference relative to the mean value, and the bound is wide; an engine that weighs samples, drops units or keeps momentum in
 * another way is off by more than a tenth.
 */
public enum TracedStage {
    /** The images of the first batch as an engine gets to see them. */
    DECODE(0, false),
    /** Activations of the first batch in evaluation mode, a tap at a time. */
    FORWARD(1e-4, false),
    /** The loss of each training step. */
    LOSS(1e-4, false),
    /** The gradients of several batches by the first weights. */
    GRADIENT(5e-2, true),
    /** How far weights and running statistics have moved after all steps, which are a hundredth of a run's. */
    PARAMETERS(0.1, true),
    /** The features of all images by the first weights, projected by the reference's reduction. */
    FEATURES(1e-3, false),
    /** Clusters of the reference's features, so that the first centroids are the same: the share of rows that disagree. */
    ASSIGNMENTS(0.01, false),
    /** Clusters of the engine's own features: the share of rows that disagree. */
    PSEUDO_LABELS(0.05, false);

    private final double tolerance;
    private final boolean byMean;

    TracedStage(double tolerance, boolean byMean) {
        this.tolerance = tolerance;
        this.byMean = byMean;
    }

    /** The largest difference that counts as agreement. */
    public double tolerance() {
        return tolerance;
    }

    /** Whether the mean of the differences has to lie within the tolerance, and not the largest. */
    public boolean isByMean() {
        return byMean;
    }

    /** Whether the difference is the share of rows that are in another cluster. */
    boolean isShare() {
        return this == ASSIGNMENTS || this == PSEUDO_LABELS;
    }

    /** As people and programs see it: {@code pseudo-labels}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
