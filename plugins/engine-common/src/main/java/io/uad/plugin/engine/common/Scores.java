package io.uad.plugin.engine.common;

/** Loops over the scores of a row, in the shapes that the JVM makes fast code of. */
final class Scores {
    /** So many are looked at together before any by itself. */
    static final int CHUNK = 128;

    private Scores() {}

    /** Puts {@code |c|^2 - 2 x c} in the place of the products {@code x c}. */
    static void of(float[] products, int count, float[] norms, int firstNorm) {
        for (var j = 0; j < count; j++) {
            products[j] = norms[firstNorm + j] - 2 * products[j];
        }
    }

    /** The smallest of some, of those that are numbers; infinite without any. */
    static float smallest(float[] scores, int from, int to) {
        var a = Float.POSITIVE_INFINITY;
        var b = a;
        var c = a;
        var d = a;
        var i = from;
        for (; i + 3 < to; i += 4) {
            a = scores[i] < a ? scores[i] : a;
            b = scores[i + 1] < b ? scores[i + 1] : b;
            c = scores[i + 2] < c ? scores[i + 2] : c;
            d = scores[i + 3] < d ? scores[i + 3] : d;
        }
        for (; i < to; i++) {
            a = scores[i] < a ? scores[i] : a;
        }
        a = a < b ? a : b;
        c = c < d ? c : d;
        return a < c ? a : c;
    }

    /** The first of the smallest. */
    static int indexOfSmallest(float[] scores, int count) {
        var best = Float.POSITIVE_INFINITY;
        var chunk = 0;
        for (var from = 0; from < count; from += CHUNK) {
            var smallest = smallest(scores, from, Math.min(from + CHUNK, count));
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
