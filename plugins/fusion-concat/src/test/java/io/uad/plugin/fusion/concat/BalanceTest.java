package io.uad.plugin.fusion.concat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BalanceTest {
    @Test
    void everyPartGetsAnEqualShareOfTheSameTotal() {
        var variances = new double[] {1, 2, 9};
        var scales = Balance.scales(variances);
        for (var part = 0; part < 3; part++) {
            assertEquals(4, variances[part] * scales[part] * scales[part], 1e-12); // 12 in three parts
        }
    }

    @Test
    void aPartWithoutVarianceKeepsItsScaleAndCountsForNothing() {
        assertArrayEquals(
                new double[] {Math.sqrt(5 / 8.0), 1, Math.sqrt(5 / 2.0)}, Balance.scales(new double[] {8, 0, 2}));
        assertArrayEquals(new double[] {1, 1}, Balance.scales(new double[] {3, 0}));
        assertArrayEquals(new double[] {1, 1}, Balance.scales(new double[] {0, 0}));
    }

    @Test
    void varianceBelowTheResolutionOfFloat32IsNone() {
        assertArrayEquals(new double[] {1, 1}, Balance.scales(new double[] {1e6, 1e-15}));
        var faint = Balance.scales(new double[] {1e6, 1e-7});
        assertEquals(Math.sqrt(5e12), faint[1], 1);
    }

    @Test
    void factorsStayFiniteAndPositiveInFloat32() {
        for (var least : new double[] {1e-300, 1e-40, 1e-12}) {
            for (var most : new double[] {1e-300, 1e-12, 1, 1e30}) {
                for (var scale : Balance.scales(new double[] {least, most})) {
                    assertTrue(
                            (float) scale > 0 && Float.isFinite((float) scale),
                            Arrays.toString(new double[] {least, most}));
                }
            }
        }
    }
}
