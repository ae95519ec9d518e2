package io.uad.cli.quickstart;

import io.uad.api.Seed;
import java.awt.Color;

/** The random choices of one picture, taken one after the other. */
final class Draws {
    private final Seed seed;
    private long taken;

    Draws(Seed seed) {
        this.seed = seed;
    }

    double between(double low, double high) {
        return low + (high - low) * seed.uniform(taken++);
    }

    int integer(int low, int high) {
        return low + seed.integer(taken++, high - low + 1);
    }

    /** A number in about -3..3 with variance 1: cheap, and close enough to normal for noise. */
    double noise() {
        var bits = seed.bits(taken++);
        var sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum / 65536.0 - 2) * Math.sqrt(3);
    }

    /** Any hue, from dull to full. */
    Color colour() {
        return Color.getHSBColor((float) between(0, 1), (float) between(0.1, 1), (float) between(0.15, 1));
    }

    /** Any hue of middling brightness, for what lies behind. */
    Color dimColour() {
        return Color.getHSBColor((float) between(0, 1), (float) between(0.1, 0.8), (float) between(0.3, 0.7));
    }

    /** A colour whose luminance differs clearly from another's. */
    Color colourUnlike(Color other) {
        var colour = colour();
        while (Math.abs(luminance(colour) - luminance(other)) < 100) {
            colour = colour();
        }
        return colour;
    }

    /** Rec. 601, 0 to 255. */
    private static double luminance(Color colour) {
        return 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
    }
}
