package io.uad.plugin.clustering.kmeans;

import io.uad.api.Seed;

/** Chooses with probability proportional to size - 1. */
final class RandomDonor implements Donor {
    private final Seed seed;
    private Seed ofIteration;
    private int choices;

    RandomDonor(Seed seed) {
        this.seed = seed;
        this.ofIteration = seed;
    }

    @Override
    public void begin(int iteration) {
        ofIteration = seed.derive(iteration);
        choices = 0;
    }

    @Override
    public int choose(double[] sizes, int rows) {
        var total = 0.0;
        for (var size : sizes) {
            total += Math.max(0, size - 1);
        }
        if (total == 0) {
            return -1;
        }
        var left = ofIteration.uniform(choices++) * total;
        var last = -1;
        for (var cluster = 0; cluster < sizes.length; cluster++) {
            if (sizes[cluster] > 1) {
                last = cluster;
                left -= sizes[cluster] - 1;
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }
}
