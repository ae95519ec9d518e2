package io.uad.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The middle and the ends of some numbers.
 *
 * @param median the mean of the two middle ones if they are even in number
 * @param least the smallest
 * @param most the largest
 */
record Spread(double median, double least, double most) {
    /** @param things at least one */
    static <T> Spread of(List<T> things, ToDoubleFunction<T> number) {
        if (things.isEmpty()) {
            throw new IllegalArgumentException("a spread of no numbers");
        }
        var sorted = things.stream().mapToDouble(number).sorted().toArray();
        var middle = sorted.length / 2;
        var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** {@code median (least to most)}. */
    String text(int decimals) {
        var format = "%." + decimals + "f (%." + decimals + "f to %." + decimals + "f)";
        return String.format(Locale.ROOT, format, median, least, most);
    }
}
