package io.uad.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClusterMetricsTest {
    private static final double ROUNDING = 1e-12;

    @Test
    void noiseOnEitherSideIsLeftOut() {
        int[] a = {0, -1, 0, 1, 1, 2};
        int[] b = {0, 0, 1, 1, 1, -1};
        int[] keptA = {0, 0, 1, 1};
        int[] keptB = {0, 1, 1, 1};
        assertEquals(ClusterMetrics.nmi(keptA, keptB), ClusterMetrics.nmi(a, b), ROUNDING);
        assertEquals(ClusterMetrics.ari(keptA, keptB), ClusterMetrics.ari(a, b), ROUNDING);
    }

    @Test
    void twoHalvesAgainstFourQuartersShareTheSmallerEntropy() {
        // I = H(halves) = ln 2, H(quarters) = 2 ln 2, so 2 ln 2 / (3 ln 2).
        int[] halves = {0, 0, 0, 0, 1, 1, 1, 1};
        int[] quarters = {0, 0, 1, 1, 2, 2, 3, 3};
        assertEquals(2.0 / 3, ClusterMetrics.nmi(halves, quarters), ROUNDING);
    }

    @Test
    void accuracyPairsEachClusterWithOneClassAtMost() {
        int[] clusters = {0, 0, 0, 1, 1, 2, 2, -1};
        int[] classes = {5, 5, 4, 5, 4, 4, 4, 4};
        // 0 with 5 (2 samples) and 2 with 4 (2 samples); 1 stays alone, noise does not count.
        assertEquals(4.0 / 7, ClusterMetrics.accuracy(clusters, classes), ROUNDING);
        assertEquals(4.0 / 7, ClusterMetrics.accuracy(classes, clusters), ROUNDING);
        assertEquals(1, ClusterMetrics.accuracy(new int[] {2, 2, 7}, new int[] {0, 0, 3}), ROUNDING);
    }

    @Test
    void nothingToCompareAgrees() {
        assertEquals(1, ClusterMetrics.accuracy(new int[0], new int[0]));
        assertEquals(1, ClusterMetrics.nmi(new int[0], new int[0]));
        assertEquals(1, ClusterMetrics.ari(new int[] {-1}, new int[] {0}));
    }

    @Test
    void largeLabellingsDoNotOverflow() {
        var n = 200_000;
        var a = new int[n];
        var b = new int[n];
        for (var i = 0; i < n; i++) {
            a[i] = i % 2;
            b[i] = Integer.MAX_VALUE - i % 2;
        }
        assertEquals(1, ClusterMetrics.nmi(a, b), ROUNDING);
        assertEquals(1, ClusterMetrics.ari(a, b), ROUNDING);
    }

    @Test
    void differentLengthsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ClusterMetrics.nmi(new int[2], new int[3]));
        assertThrows(IllegalArgumentException.class, () -> ClusterMetrics.ari(new int[2], new int[3]));
        assertThrows(IllegalArgumentException.class, () -> ClusterMetrics.accuracy(new int[2], new int[3]));
    }
}
