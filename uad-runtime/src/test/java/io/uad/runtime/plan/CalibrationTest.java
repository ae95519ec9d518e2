package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CalibrationTest {
    /** A pass of 1 s and 0.1 s for each image. */
    @Test
    void whatAPassTakesWhateverItsSizeIsDividedAmongAFullBatch() {
        assertEquals(0.1 + 1.0 / 256, Calibration.perImage(8, 1.8, 32, 4.2, 256), 1e-12);
        assertEquals(4.2 / 32, Calibration.perImage(8, 1.8, 32, 4.2, 32), 1e-12, "as measured, for what was measured");
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
