package io.uad.plugin.clustering.smile;

import io.uad.api.Progress;
import io.uad.api.Seed;

/**
 * UMAP's layout on a plane (McInnes, Healy, Melville, arXiv:1802.03426, 2018): stochastic gradient descent on the cross
 * entropy of how near rows are in the {@link NeighbourGraph} and how near on the plane. As in the authors' program both
 * ends of a pair are moved, and a pair of weight w comes in {@code w epochs} of the epochs, evenly.
 *
 * <p>It starts from the {@link PrincipalPlane}, which shows large distances as well as the spectral start of the paper
 * does and, unlike it, also those of groups without a common neighbour (Kobak, Linderman, Nature Biotechnology 39, 2021).
 *
 * <p>One thread does it, as every step rests on the one before; for that reason too its numbers are the same on every
 * machine.
 */
final class Umap {
    private static final double START_EXTENT = 10;
    private static final double START_NOISE = 1e-4;
    private static final int NEGATIVES_PER_PAIR = 5;
    private static final double LARGEST_MOVE = 4; // per coordinate, at the learning rate 1
    private static final double SOFTENING = 0.001; // of the repulsion of rows in one place

    private final NeighbourGraph graph;
    private final NearnessCurve curve;
    private final PowerTable powers;
    private final double[] plane; // [N * 2]
    private final Seed seed;
    private long draws;

    /**
     * Before the first epoch.
     *
     * @param plane where the rows start, {@code [N * 2]}; is overwritten
     */
    private Umap(NeighbourGraph graph, NearnessCurve curve, double[] plane, Seed seed) {
        this.graph = graph;
        this.curve = curve;
        this.powers = new PowerTable(curve.b());
        this.plane = plane;
        this.seed = seed;
    }

    /**
     * Lays out rows, at least three, not all equal.
     *
     * @param neighbours at least 2, and below N
     * @return {@code [N * 2]}, row by row, of mean 0
     */
    static double[] layout(
            ScaledRows scaled, int neighbours, double minimumDistance, int epochs, Seed seed, Progress progress) {
        var graph = NeighbourGraph.of(scaled, neighbours, progress);
        var plane = start(scaled, seed, progress);
        var umap = new Umap(graph, NearnessCurve.of(minimumDistance), plane, seed.derive("negatives"));
        for (var epoch = 0; epoch < epochs; epoch++) {
            progress.update(epoch, epochs);
            umap.epoch(epoch, 1 - (double) epoch / epochs);
        }
        centre(plane);
        return plane;
    }

    /** The noise parts duplicates, which would never get away from each other. */
    private static double[] start(ScaledRows scaled, Seed seed, Progress progress) {
        var noise = seed.derive("noise");
        var plane = PrincipalPlane.of(scaled, seed.derive("axes"), progress);
        var extent = 0.0;
        for (var coordinate : plane) {
            extent = Math.max(extent, Math.abs(coordinate));
        }
        for (var at = 0; at < plane.length; at++) {
            plane[at] = START_EXTENT / extent * plane[at] + START_NOISE * noise.gaussian(at);
        }
        return plane;
    }

    private static void centre(double[] plane) {
        double x = 0, y = 0;
        for (var at = 0; at < plane.length; at += 2) {
            x += plane[at];
            y += plane[at + 1];
        }
        for (var at = 0; at < plane.length; at += 2) {
            plane[at] -= 2 * x / plane.length;
            plane[at + 1] -= 2 * y / plane.length;
        }
    }

    private void epoch(int epoch, double rate) {
        for (var pair = 0; pair < graph.heads().length; pair++) {
            var weight = graph.weights()[pair];
            if ((int) (weight * (epoch + 1)) > (int) (weight * epoch)) {
                var head = 2 * graph.heads()[pair];
                attract(head, 2 * graph.tails()[pair], rate);
                for (var i = 0; i < NEGATIVES_PER_PAIR; i++) {
                    repel(head, 2 * seed.integer(draws++, plane.length / 2), rate);
                }
            }
        }
    }

    private void attract(int one, int other, double rate) {
        var x = plane[one] - plane[other];
        var y = plane[one + 1] - plane[other + 1];
        var squared = x * x + y * y;
        if (squared > 0) {
            var power = curve.a() * powers.of(squared);
            var pull = -2 * curve.b() * power / (squared * (1 + power));
            var moveX = rate * limited(pull * x);
            var moveY = rate * limited(pull * y);
            plane[one] += moveX;
            plane[one + 1] += moveY;
            plane[other] -= moveX;
            plane[other + 1] -= moveY;
        }
    }

    private void repel(int one, int other, double rate) {
        var x = plane[one] - plane[other];
        var y = plane[one + 1] - plane[other + 1];
        var squared = x * x + y * y;
        if (squared > 0) { // which also leaves out the row itself
            var push = 2 * curve.b() / ((SOFTENING + squared) * (1 + curve.a() * powers.of(squared)));
            plane[one] += rate * limited(push * x);
            plane[one + 1] += rate * limited(push * y);
        }
    }

    private static double limited(double move) {
        return Math.max(-LARGEST_MOVE, Math.min(LARGEST_MOVE, move));
    }
}
