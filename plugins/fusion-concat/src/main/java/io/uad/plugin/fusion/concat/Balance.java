package io.uad.plugin.fusion.concat;

import java.util.Arrays;

/** Gives each part an equal share of the variance. */
final class Balance {
    /** The square of float32's resolution: less variance than that, next to the others', is rounding. */
    private static final double ROUNDING = Math.scalb(1.0, -46);

    private Balance() {}

    /**
     * By what to multiply each part: {@code sqrt(total / (parts x variance))}, which leaves the total as it is. A part
     * without variance gets 1 and counts for nothing.
     *
     * @param variances of each part, its columns' added up; 0 or more
     */
    static double[] scales(double[] variances) {
        var total = Arrays.stream(variances).sum();
        var varying = Arrays.stream(variances)
                .filter(variance -> variance > ROUNDING * total)
                .count();
        return Arrays.stream(variances)
                .map(variance -> variance > ROUNDING * total ? Math.sqrt(total / (varying * variance)) : 1)
                .toArray();
    }
}
