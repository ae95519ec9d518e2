package io.uad.runtime.evaluation;

import java.util.Arrays;

/**
 * The classes of a query's neighbours, weighted: a neighbour of cosine similarity s votes for its class with {@code
 * exp(s / T)} (Wu, Xiong, Yu, Lin, CVPR 2018, section 3.4).
 */
final class NeighbourVote {
    private final double temperature;
    private final double[] votes;

    /**
     * @param classes how many there are
     * @param temperature T, above 0
     */
    NeighbourVote(int classes, double temperature) {
        this.votes = new double[classes];
        this.temperature = temperature;
    }

    /**
     * How many classes come before the right one: 0 if it wins. Of equal votes the lower class number ranks first; a class
     * that nobody votes for is never found, and comes last.
     *
     * @param similarities of the neighbours, the nearest first
     * @param labels of the neighbours
     * @param first where the query's neighbours begin in both
     * @param count how many of them vote
     */
    int rank(double[] similarities, int[] labels, int first, int count, int right) {
        Arrays.fill(votes, 0);
        for (var i = first; i < first + count; i++) {
            // Divided by the nearest one's vote, which changes no order and keeps a small T from overflowing.
            var vote = Math.exp((similarities[i] - similarities[first]) / temperature);
            votes[labels[i]] += Math.max(vote, Double.MIN_VALUE);
        }
        if (votes[right] == 0) {
            return votes.length;
        }
        var before = 0;
        for (var other = 0; other < votes.length; other++) {
            if (votes[other] > votes[right] || (votes[other] == votes[right] && other < right)) {
                before++;
            }
        }
        return before;
    }
}
