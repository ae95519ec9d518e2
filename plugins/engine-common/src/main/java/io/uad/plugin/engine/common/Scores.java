package io.uad.plugin.engine.common;

/** Loops over the scores of a row, in the shapes that the JVM makes fast code of. */
final class Scores {
    /** So many are looked at together before any by itself. */
    static final int CHUNK = 128;

    private Scores() {}

    /** Puts {@code |c|^2 - 2 x c} in the place of the products {@code x c}. */
    static void of(float[] products, float[] norms) {
        for (var j = 0; j < products.length; j++) {
            products[j] = norms[j] - 2 * products[j];
        }
    }

    /** By how much {@code |c|^2 - 2 x c} of one {@code c} and many {@code x} is above bounds. */
    static void above(float[] products, float norm, float[] bounds, float[] above) {
        for (var j = 0; j < products.length; j++) {
            above[j] = norm - 2 * products[j] - bounds[j];
        }
    }

    /** The smallest of some; no number where one of them is none. */
    static float smallest(float[] scores, int from, int to) {
        var a = Float.POSITIVE_INFINITY;
        var b = a;
        var c = a;
        var d = a;
        var i = from;
        for (; i + 3 < to; i += 4) { // Math.min takes no branch
            a = Math.min(a, scores[i]);
            b = Math.min(b, scores[i + 1]);
            c = Math.min(c, scores[i + 2]);
            d = Math.min(d, scores[i + 3]);
        }
        for (; i < to; i++) {
            a = Math.min(a, scores[i]);
        }
        return Math.min(Math.min(a, b), Math.min(c, d));
    }

    /** The same of those that are numbers. */
    private static float smallestNumber(float[] scores, int from, int to) {
        var smallest = Float.POSITIVE_INFINITY;
        for (var i = from; i < to; i++) {
            smallest = scores[i] < smallest ? scores[i] : smallest;
        }
        return smallest;
    }

    /** The first of the smallest. */
    static int indexOfSmallest(float[] scores, int count) {
        var best = Float.POSITIVE_INFINITY;
        var chunk = 0;
        for (var from = 0; from < count; from += CHUNK) {
            var to = Math.min(from + CHUNK, count);
            var smallest = smallest(scores, from, to);
            if (Float.isNaN(smallest)) {
                smallest = smallestNumber(scores, from, to);
            }
            if (smallest < best) {
                best = smallest;
                chunk = from;
            }
        }
        var at = chunk;
        while (at < count - 1 && scores[at] != best) {
            at++;
        }
        return at < count && scores[at] == best ? at : 0;
    }
}
