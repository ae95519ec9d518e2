package io.uad.runtime.engine;

/**
 * How far two engines are apart at a stage.
 *
 * @param stage which
 * @param item the tap, for activations; else empty
 * @param worst the tensor that is furthest away, where a stage has several; else empty
 * @param largest difference of two values, relative to the largest value of the reference's tensor; for clusters the share of
 *     rows that are in another one, after the best matching of clusters
 * @param mean difference, relative to the mean of the values without their signs; for clusters the same share
 */
public record StageDifference(TracedStage stage, String item, String worst, double largest, double mean) {
    /** The figure that has to lie within the stage's tolerance. */
    public double judged() {
        return stage.isByMean() ? mean : largest;
    }

    /** Whether it does. */
    public boolean agrees() {
        return judged() <= stage.tolerance();
    }
}
