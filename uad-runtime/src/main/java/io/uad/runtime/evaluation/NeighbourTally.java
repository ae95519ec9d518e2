package io.uad.runtime.evaluation;

import io.uad.api.FeatureMatrix;
import io.uad.runtime.evaluation.NearestNeighbours.Score;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Collects queries until a search is worth its while, and counts right answers for several numbers of neighbours. */
final class NeighbourTally {
    private final NeighbourBank bank;
    private final int[] bankLabels;
    private final NeighbourVote vote;
    private final List<Integer> neighbours;
    private final int most;
    private final int[] top1;
    private final int[] top5;

    private final FeatureMatrix waiting;
    private final int[] waitingLabels;
    private int waitingCount;
    private int queries;

    /**
     * @param bankLabels of the bank's rows
     * @param neighbours how many vote, ascending, the last at most the bank's size
     * @param queriesAtOnce of one search
     */
    NeighbourTally(
            NeighbourBank bank, int[] bankLabels, NeighbourVote vote, List<Integer> neighbours, int queriesAtOnce) {
        this.bank = bank;
        this.bankLabels = bankLabels;
        this.vote = vote;
        this.neighbours = neighbours;
        this.most = neighbours.get(neighbours.size() - 1);
        this.top1 = new int[neighbours.size()];
        this.top5 = new int[neighbours.size()];
        this.waiting = FeatureMatrix.allocate(queriesAtOnce, bank.columns());
        this.waitingLabels = new int[queriesAtOnce];
    }

    /**
     * Takes queries.
     *
     * @param rows {@code [n, D]}, n at most the queries of one search
     * @param labels the right answers
     */
    void add(float[] rows, int[] labels) {
        if (waitingCount + labels.length > waitingLabels.length) {
            search();
        }
        waiting.write(waitingCount, labels.length, rows);
        System.arraycopy(labels, 0, waitingLabels, waitingCount, labels.length);
        waitingCount += labels.length;
    }

    /** The accuracies so far. */
    List<Score> scores() {
        search();
        return IntStream.range(0, top1.length)
                .mapToObj(i -> new Score(neighbours.get(i), 100.0 * top1[i] / queries, 100.0 * top5[i] / queries))
                .toList();
    }

    /** How many queries those are of. */
    int queries() {
        return queries;
    }

    private void search() {
        if (waitingCount == 0) {
            return;
        }
        var found = bank.nearest(waiting.head(waitingCount), most);
        var similarities = new double[found.indices().length];
        Arrays.setAll(similarities, i -> 1 - found.squaredDistances()[i] / 2.0); // of rows of length 1
        var labels =
                Arrays.stream(found.indices()).map(index -> bankLabels[index]).toArray();
        for (var query = 0; query < waitingCount; query++) {
            for (var i = 0; i < top1.length; i++) {
                var rank = vote.rank(similarities, labels, query * most, neighbours.get(i), waitingLabels[query]);
                top1[i] += rank < 1 ? 1 : 0;
                top5[i] += rank < 5 ? 1 : 0;
            }
        }
        queries += waitingCount;
        waitingCount = 0;
    }
}
