package io.uad.runtime.training;

import io.uad.api.clustering.Clustering;
import java.util.Arrays;

/** The outputs of a head: one per cluster that has members, in the order of the clusters. */
final class Outputs {
    private Outputs() {}

    /** For each cluster its output, -1 for an empty one; {@code [clusters]}. */
    static int[] of(int[] labels, int clusters) {
        var outputs = new int[clusters];
        Arrays.fill(outputs, -1);
        for (var label : labels) {
            if (label != Clustering.NOISE) {
                outputs[label] = 0;
            }
        }
        var next = 0;
        for (var cluster = 0; cluster < clusters; cluster++) {
            if (outputs[cluster] == 0) {
                outputs[cluster] = next++;
            }
        }
        return outputs;
    }

    /** For each cluster its output, where the number of clusters is not known; no shorter than the highest label asks for. */
    static int[] of(int[] labels) {
        return of(labels, Arrays.stream(labels).max().orElse(Clustering.NOISE) + 1);
    }

    /** The width of the head. */
    static int count(int[] outputs) {
        return (int) Arrays.stream(outputs).filter(output -> output >= 0).count();
    }
}
