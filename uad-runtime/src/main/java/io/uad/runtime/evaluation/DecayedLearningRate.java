package io.uad.runtime.evaluation;

/**
 * The probe's learning rate, {@code initial / sqrt(1 + initial * decay * t)}: it falls with the weight decay, per
 * iteration.
 *
 * @param initial the rate at {@code t = 0}, above 0
 * @param decay the weight decay, 0 or more
 */
public record DecayedLearningRate(double initial, double decay) {
    public DecayedLearningRate {
        if (!(initial > 0) || !(decay >= 0)) {
            throw new IllegalArgumentException(
                    "initial must be above 0 and decay 0 or more, were " + initial + " and " + decay);
        }
    }

    /** The rate at an iteration counted from 0. */
    public double at(long iteration) {
        return initial / Math.sqrt(1 + initial * decay * iteration);
    }
}
