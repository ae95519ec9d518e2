package io.uad.runtime.evaluation;

import java.util.Arrays;
import java.util.HashSet;
import org.jgrapht.alg.matching.MaximumWeightBipartiteMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * The assignment problem (Kuhn, The Hungarian method for the assignment problem, 1955): pairs rows with columns, each with
 * at most one, so that the sum of the chosen cells is largest.
 */
public final class Matching {
    /** A column that stays alone. */
    public static final int NONE = -1;

    private Matching() {}

    /**
     * For each column the row that it is paired with, or {@link #NONE}. Cells that are not given are 0 and never chosen.
     *
     * @param columns how many there are
     * @param rowOf {@code [cells]} the row of each cell
     * @param columnOf {@code [cells]} its column; no cell comes twice
     * @param gain {@code [cells]} what it adds to the sum, above 0
     */
    public static int[] largest(int columns, int[] rowOf, int[] columnOf, int[] gain) {
        var graph = new SimpleWeightedGraph<Integer, DefaultWeightedEdge>(DefaultWeightedEdge.class);
        var left = new HashSet<Integer>();
        var right = new HashSet<Integer>();
        for (var cell = 0; cell < gain.length; cell++) {
            var row = -1 - rowOf[cell]; // vertices of both sides need names of their own
            left.add(row);
            right.add(columnOf[cell]);
            graph.addVertex(row);
            graph.addVertex(columnOf[cell]);
            graph.setEdgeWeight(graph.addEdge(row, columnOf[cell]), gain[cell]);
        }
        var paired = new int[columns];
        Arrays.fill(paired, NONE);
        for (var edge : new MaximumWeightBipartiteMatching<>(graph, left, right).getMatching()) {
            paired[graph.getEdgeTarget(edge)] = -1 - graph.getEdgeSource(edge);
        }
        return paired;
    }
}
