package io.uad.runtime.training;

import io.uad.api.clustering.Clustering;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import org.jgrapht.alg.matching.MaximumWeightBipartiteMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * Which cluster of an epoch goes on from which cluster of the epoch before: the one-to-one assignment that keeps the most
 * samples together (Kuhn, The Hungarian method for the assignment problem, 1955).
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
        var shared = shared(before, old, now, current);
        var graph = new SimpleWeightedGraph<Integer, DefaultWeightedEdge>(DefaultWeightedEdge.class);
        var left = new HashSet<Integer>();
        var right = new HashSet<Integer>();
        var width = Outputs.count(old);
        shared.forEach((pair, count) -> {
            var from = (int) (pair >> Integer.SIZE);
            var to = width + pair.intValue(); // vertices of both sides need names of their own
            left.add(from);
            right.add(to);
            graph.addVertex(from);
            graph.addVertex(to);
            graph.setEdgeWeight(graph.addEdge(from, to), count);
        });
        var continued = new int[Outputs.count(current)];
        Arrays.fill(continued, -1);
        for (var edge : new MaximumWeightBipartiteMatching<>(graph, left, right).getMatching()) {
            continued[graph.getEdgeTarget(edge) - width] = graph.getEdgeSource(edge);
        }
        return continued;
    }

    /** How many samples each pair of an old and a new output shares, in a fixed order; the old one in the upper half. */
    private static Map<Long, Integer> shared(int[] before, int[] old, int[] now, int[] current) {
        var shared = new TreeMap<Long, Integer>();
        for (var sample = 0; sample < now.length; sample++) {
            if (before[sample] != Clustering.NOISE && now[sample] != Clustering.NOISE) {
                var pair = ((long) old[before[sample]] << Integer.SIZE) | current[now[sample]];
                shared.merge(pair, 1, Integer::sum);
            }
        }
        return shared;
    }
}
