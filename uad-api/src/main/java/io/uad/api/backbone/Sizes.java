package io.uad.api.backbone;

import java.util.List;

/** Refuses what no layer can be. */
final class Sizes {
    private Sizes() {}

    static void named(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a layer's name must not be blank, was '" + name + "'");
        }
    }

    static void positive(String layer, String size, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(layer + ": " + size + " must be 1 or more, was " + value);
        }
    }

    static void padding(String layer, int padding, int most) {
        if (padding < 0 || padding > most) {
            var bound = most == Integer.MAX_VALUE ? "be 0 or more" : "lie in 0.." + most + " (half the kernel)";
            throw new IllegalArgumentException(layer + ": padding must " + bound + ", was " + padding);
        }
    }

    static void count(String layer, List<Float> weight, long expected) {
        if (weight.size() != expected) {
            throw new IllegalArgumentException(
                    layer + ": weight must hold " + expected + " numbers, had " + weight.size());
        }
        for (var value : weight) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(layer + ": weight must be finite, had " + value);
            }
        }
    }
}
