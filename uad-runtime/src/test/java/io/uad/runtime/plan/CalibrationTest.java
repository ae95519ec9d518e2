package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CalibrationTest {
    /** A pass of 1 s and 0.1 s for each image. */
    @Test
    void whatAPassTakesWhateverItsSizeIsDividedAmongAFullBatch() {
        assertEquals(0.1 + 1.0 / 256, Calibration.perImage(8, 1.8, 32, 4.2, 256), 1e-12);
        assertEquals(4.2 / 32, Calibration.perImage(8, 1.8, 32, 4.2, 32), 1e-12, "as measured, for what was measured");
    }

    /** 46,341 x 46,341 are more values than an array has. */
    @Test
    void madeUpMatricesStaySmall() {
        assertEquals(256, Calibration.fitting(256, 9216));
        assertEquals(362, Calibration.fitting(46_341, 46_341));
        assertEquals(1, Calibration.fitting(4096, 1 << 25));
    }

    @Test
    void theImagesThatAreMeasuredLieAtEqualDistances() {
        assertArrayEquals(
                new int[] {0, 8, 16, 24, 32, 40, 48, 56},
                Calibration.spread(8, 64).toArray());
        assertArrayEquals(new int[] {0, 1, 2}, Calibration.spread(3, 3).toArray());
    }

    @Test
    void withOneSizeOnlyTheMeanIsTaken() {
        assertEquals(0.225, Calibration.perImage(8, 1.8, 8, 1.8, 256), 1e-12);
    }

    /** 16 images that take hardly longer than 8 are noise: their mean is halved at the most. */
    @Test
    void aMeasurementThatContradictsTheOtherOneIsNotTrustedFar() {
        assertEquals(0.05 + 0.8 / 256, Calibration.perImage(8, 1.6, 16, 1.6, 256), 1e-12);
        assertEquals(0.2, Calibration.perImage(8, 0.1, 16, 3.2, 256), 1e-12);
    }
}
