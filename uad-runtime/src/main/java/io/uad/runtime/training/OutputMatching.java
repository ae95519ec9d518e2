package io.uad.runtime.training;

import io.uad.api.clustering.Clustering;
import io.uad.runtime.evaluation.Matching;
import java.util.TreeMap;

/**
 * Which cluster of an epoch goes on from which cluster of the epoch before: the one-to-one assignment that keeps the most
 * samples together.
 */
final class OutputMatching {
    private OutputMatching() {}

    /**
     * For each output of the new head the old output that it continues, or -1.
     *
     * @param before {@code [N]} labels of the epoch before
     * @param now {@code [N]} labels of this epoch, of the same samples
     */
    static int[] match(int[] before, int[] now) {
        var old = Outputs.of(before);
        var current = Outputs.of(now);
        var shared = new TreeMap<Long, Integer>(); // samples of each pair, the old output in the upper half of the key
        for (var sample = 0; sample < now.length; sample++) {
            if (before[sample] != Clustering.NOISE && now[sample] != Clustering.NOISE) {
                var pair = ((long) old[before[sample]] << Integer.SIZE) | current[now[sample]];
                shared.merge(pair, 1, Integer::sum);
            }
        }
        return Matching.largest(
                Outputs.count(current),
                shared.keySet().stream()
                        .mapToInt(pair -> (int) (pair >> Integer.SIZE))
                        .toArray(),
                shared.keySet().stream().mapToInt(Long::intValue).toArray(),
                shared.values().stream().mapToInt(Integer::intValue).toArray());
    }
}
