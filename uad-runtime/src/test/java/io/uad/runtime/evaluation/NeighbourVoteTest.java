package io.uad.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NeighbourVoteTest {
    @Test
    void aNearNeighbourOutvotesTwoFarOnesIfTheTemperatureIsLow() {
        double[] similarities = {0.9, 0.8, 0.8};
        int[] labels = {1, 0, 0};
        // exp(0.9 / T) against 2 exp(0.8 / T): the first wins if 0.1 / T > ln 2, so below T = 0.144.
        assertEquals(0, new NeighbourVote(2, 0.14).rank(similarities, labels, 0, 3, 1));
        assertEquals(1, new NeighbourVote(2, 0.15).rank(similarities, labels, 0, 3, 1));
    }

    @Test
    void aClassWithoutAVoteIsNeverFound() {
        double[] similarities = {0.9};
        assertEquals(7, new NeighbourVote(7, 0.07).rank(similarities, new int[] {3}, 0, 1, 2));
    }

    @Test
    void neitherTinyNorHugeTemperaturesOverflow() {
        double[] similarities = {1, -1};
        int[] labels = {1, 0};
        for (var temperature : new double[] {1e-300, 1e300}) {
            var vote = new NeighbourVote(2, temperature);
            assertEquals(temperature < 1 ? 0 : 1, vote.rank(similarities, labels, 0, 2, 1));
            assertEquals(temperature < 1 ? 1 : 0, vote.rank(similarities, labels, 0, 2, 0));
        }
    }
}
