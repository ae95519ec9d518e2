package io.uad.plugin.clustering.pic;

import io.uad.api.engine.Neighbours;
import java.util.Arrays;

/**
 * Labels from 0 on, each of a cluster with members.
 *
 * @param labels {@code [N]}
 * @param sizes {@code [K]}
 */
record Partition(int[] labels, int[] sizes) {
    /** Rows whose pointers end in the same row, which points to itself; numbered by that row. */
    static Partition ofPointers(int[] pointers) {
        var ends = pointers.clone();
        for (var row = 0; row < ends.length; row++) {
            while (ends[row] != ends[ends[row]]) {
                ends[row] = ends[ends[row]]; // v grows along the pointers, so they run in no circle
            }
        }
        return numbered(ends);
    }

    /**
     * Moves each row that is a cluster by itself to the cluster of its nearest neighbour that is not: of those that were
     * listed, and by the clusters before any move. A row without such a neighbour stays alone.
     */
    Partition withoutSingletons(Neighbours neighbours) {
        var moved = labels.clone();
        for (var row = 0; row < labels.length; row++) {
            if (sizes[labels[row]] == 1) {
                moved[row] = joined(row, neighbours);
            }
        }
        return numbered(moved);
    }

    private int joined(int row, Neighbours neighbours) {
        for (var rank = 0; rank < neighbours.count(); rank++) {
            var label = labels[neighbours.indices()[row * neighbours.count() + rank]];
            if (sizes[label] > 1) {
                return label;
            }
        }
        return labels[row];
    }

    /** Gives every row of a cluster the number that the cluster has in another numbering. */
    Partition renamed(int[] names) {
        return numbered(Arrays.stream(labels).map(label -> names[label]).toArray());
    }

    int clusters() {
        return sizes.length;
    }

    int singletons() {
        return (int) Arrays.stream(sizes).filter(size -> size == 1).count();
    }

    /** Without gaps, in the order of the names; every name is below N. */
    private static Partition numbered(int[] names) {
        var numbers = new int[names.length];
        for (var name : names) {
            numbers[name] = 1;
        }
        var clusters = 0;
        for (var name = 0; name < numbers.length; name++) {
            if (numbers[name] == 1) {
                numbers[name] = clusters++;
            }
        }
        var labels = new int[names.length];
        var sizes = new int[clusters];
        for (var row = 0; row < names.length; row++) {
            labels[row] = numbers[names[row]];
            sizes[labels[row]]++;
        }
        return new Partition(labels, sizes);
    }
}
