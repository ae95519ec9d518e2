package io.uad.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.engine.JavaLinearAlgebra;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighbourTallyTest {
    private static final int BANK = 60;
    private static final int QUERIES = 41;
    private static final int COLUMNS = 5;
    private static final int CLASSES = 7;
    private static final double TEMPERATURE = 0.07;
    private static final List<Integer> NEIGHBOURS = List.of(1, 5, 20, BANK);

    private final float[] bank = rows("bank", BANK);
    private final int[] bankLabels = labels("bank-labels", BANK);
    private final float[] queries = rows("queries", QUERIES);
    private final int[] right = labels("right", QUERIES);

    @Test
    void scoresEqualThoseOfAPlainSearchWhateverTheBlocks() {
        for (var perBlock : new int[] {1, 7, BANK, 1000}) {
            for (var atOnce : new int[] {10, QUERIES}) {
                var tally = tally(perBlock, atOnce);
                for (var first = 0; first < QUERIES; first += 10) {
                    var last = Math.min(QUERIES, first + 10);
                    tally.add(
                            Arrays.copyOfRange(queries, first * COLUMNS, last * COLUMNS),
                            Arrays.copyOfRange(right, first, last));
                }
                var scores = tally.scores();
                assertEquals(QUERIES, tally.queries());
                for (var i = 0; i < NEIGHBOURS.size(); i++) {
                    assertEquals(NEIGHBOURS.get(i), scores.get(i).k());
                    assertEquals(plain(NEIGHBOURS.get(i), 1), scores.get(i).top1());
                    assertEquals(plain(NEIGHBOURS.get(i), 5), scores.get(i).top5());
                }
            }
        }
    }

    @Test
    void rowsThatAreTheirOwnNeighboursAreAllRight() {
        var tally = new NeighbourTally(
                new NeighbourBank(FeatureMatrix.of(bank, COLUMNS), 16, new JavaLinearAlgebra()),
                bankLabels,
                new NeighbourVote(CLASSES, TEMPERATURE),
                List.of(1),
                BANK);
        tally.add(bank, bankLabels);
        assertEquals(100, tally.scores().get(0).top1());
    }

    private NeighbourTally tally(int perBlock, int atOnce) {
        return new NeighbourTally(
                new NeighbourBank(FeatureMatrix.of(bank, COLUMNS), perBlock, new JavaLinearAlgebra()),
                bankLabels,
                new NeighbourVote(CLASSES, TEMPERATURE),
                NEIGHBOURS,
                atOnce);
    }

    /** By cosine of the rows, exp(s / T) and sorting. */
    private double plain(int neighbours, int top) {
        var correct = 0;
        for (var query = 0; query < QUERIES; query++) {
            var cosines = new double[BANK];
            for (var other = 0; other < BANK; other++) {
                for (var j = 0; j < COLUMNS; j++) {
                    cosines[other] += (double) queries[query * COLUMNS + j] * bank[other * COLUMNS + j];
                }
            }
            var nearest = IntStream.range(0, BANK)
                    .boxed()
                    .sorted(Comparator.comparingDouble(other -> -cosines[other]))
                    .limit(neighbours)
                    .toList();
            var votes = new double[CLASSES];
            nearest.forEach(other -> votes[bankLabels[other]] += Math.exp(cosines[other] / TEMPERATURE));
            var ranked = IntStream.range(0, CLASSES)
                    .boxed()
                    .filter(label -> votes[label] > 0)
                    .sorted(Comparator.comparingDouble(label -> -votes[label]))
                    .limit(top)
                    .toList();
            correct += ranked.contains(right[query]) ? 1 : 0;
        }
        return 100.0 * correct / QUERIES;
    }

    private static float[] rows(String name, int count) {
        var seed = new Seed(3).derive(name);
        var values = new float[count * COLUMNS];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return UnitRows.scale(values, COLUMNS);
    }

    private static int[] labels(String name, int count) {
        var seed = new Seed(3).derive(name);
        return IntStream.range(0, count).map(i -> seed.integer(i, CLASSES)).toArray();
    }
}
