package io.uad.runtime.plan;

/**
 * How long a stage will take.
 *
 * @param stage as the events name it, or {@code checkpoint}
 * @param firstEpoch seconds, when no image was decoded before; NaN if that cannot be told
 * @param laterEpoch seconds in each other epoch; NaN if that cannot be told
 * @param meaning how the numbers come about, in words
 */
public record StageSeconds(String stage, double firstEpoch, double laterEpoch, String meaning) {
    /** Whether it could be estimated. */
    public boolean isKnown() {
        return !Double.isNaN(firstEpoch);
    }
}
