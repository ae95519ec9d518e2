package io.uad.runtime.training;

import io.uad.api.Seed;
import io.uad.api.clustering.Clustering;
import java.util.Arrays;

/**
 * Draws the samples of an epoch so that every non-empty cluster is drawn equally often.
 *
 * <p>With M non-empty clusters and a budget of n, each gives {@code n / M + 1} samples, with replacement only if it has no
 * more than that; all are shuffled and cut to n. Noise is never drawn.
 */
final class UniformSampling {
    private UniformSampling() {}

    /**
     * The samples in the order in which they are trained on.
     *
     * @param labels the cluster of each sample, or {@link Clustering#NOISE}
     * @param clusterCount more than every label
     * @param reassign the budget as a multiple of the clustered samples, above 0
     */
    static int[] draw(int[] labels, int clusterCount, double reassign, Seed seed) {
        var members = members(labels, clusterCount);
        var clustered = Arrays.stream(members).mapToInt(list -> list.length).sum();
        var nonEmpty =
                (int) Arrays.stream(members).filter(list -> list.length > 0).count();
        var budget = (int) Math.min(Integer.MAX_VALUE, reassign * clustered);
        if (budget == 0 || nonEmpty == 0) {
            return new int[0];
        }
        var share = budget / nonEmpty + 1;
        var drawn = new int[Math.multiplyExact(share, nonEmpty)];
        var at = 0;
        for (var cluster = 0; cluster < clusterCount; cluster++) {
            var list = members[cluster];
            if (list.length == 0) {
                continue;
            }
            var own = seed.derive("cluster").derive(cluster);
            if (list.length <= share) {
                for (var i = 0; i < share; i++) {
                    drawn[at++] = list[own.integer(i, list.length)];
                }
            } else {
                for (var position : own.choose(share, list.length)) {
                    drawn[at++] = list[position];
                }
            }
        }
        var order = seed.derive("order").choose(budget, drawn.length);
        return Arrays.stream(order).map(position -> drawn[position]).toArray();
    }

    private static int[][] members(int[] labels, int clusterCount) {
        var sizes = new int[clusterCount];
        for (var label : labels) {
            if (label != Clustering.NOISE) {
                sizes[label]++;
            }
        }
        var members = new int[clusterCount][];
        for (var cluster = 0; cluster < clusterCount; cluster++) {
            members[cluster] = new int[sizes[cluster]];
        }
        var filled = new int[clusterCount];
        for (var sample = 0; sample < labels.length; sample++) {
            var label = labels[sample];
            if (label != Clustering.NOISE) {
                members[label][filled[label]++] = sample;
            }
        }
        return members;
    }
}
