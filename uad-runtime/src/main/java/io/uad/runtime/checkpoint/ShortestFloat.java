package io.uad.runtime.checkpoint;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes a float32 with as few digits as read back as the same value, and of those the nearest ones. {@link
 * Float#toString} did not do that before Java 19, so its text differs between versions of Java.
 */
final class ShortestFloat {
    private ShortestFloat() {}

    /** @throws IllegalArgumentException if the value is not finite */
    static String of(float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("value must be finite, was " + value);
        }
        if (value == 0) {
            return "0";
        }
        var exact = new BigDecimal(value);
        var shortest = new BigDecimal(Float.toString(value)); // enough digits, maybe one too many
        for (var digits = shortest.stripTrailingZeros().precision(); digits > 0; digits--) {
            var nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (nearest.floatValue() != value) {
                break;
            }
            shortest = nearest;
        }
        shortest = shortest.stripTrailingZeros();
        return shortest.scale() < 0 && shortest.scale() > -7 ? shortest.toPlainString() : shortest.toString();
    }
}
