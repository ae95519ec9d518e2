package io.uad.runtime.evaluation;

/**
 * The share of samples whose class is among the k highest scores, in percent.
 *
 * <p>Of equal scores the lower class number ranks first (PyTorch's {@code topk} leaves that order open, so this is one of
 * the orders it may give); a score that is not a number ranks above all others, as there.
 */
public final class Accuracy {
    private Accuracy() {}

    /** Percent of rows whose highest score is their target's. */
    public static double top1(float[] scores, int classes, int[] targets) {
        return top(1, scores, classes, targets);
    }

    /** Percent of rows whose target is among the five highest scores; with fewer than five classes, among all. */
    public static double top5(float[] scores, int classes, int[] targets) {
        return top(5, scores, classes, targets);
    }

    /**
     * Percent of rows whose target is among the {@code min(k, classes)} highest scores.
     *
     * @param scores {@code [rows, classes]}
     * @param targets {@code [rows]}, 0 to {@code classes - 1}; at least one
     * @throws IllegalArgumentException if the sizes disagree or a target is out of range
     */
    public static double top(int k, float[] scores, int classes, int[] targets) {
        if (targets.length == 0) {
            throw new IllegalArgumentException("targets must not be empty");
        }
        return 100.0 * correct(k, scores, classes, targets) / targets.length;
    }

    /** The same as a number of rows, for adding up over batches. */
    public static int correct(int k, float[] scores, int classes, int[] targets) {
        if (k < 1 || classes < 1) {
            throw new IllegalArgumentException("k and classes must be 1 or more, were " + k + " and " + classes);
        }
        if (scores.length != Math.multiplyExact(targets.length, classes)) {
            throw new IllegalArgumentException(
                    "scores must be " + targets.length + " x " + classes + " values, were " + scores.length);
        }
        var correct = 0;
        for (var row = 0; row < targets.length; row++) {
            if (targets[row] < 0 || targets[row] >= classes) {
                throw new IllegalArgumentException(
                        "targets must lie in 0.." + (classes - 1) + ", was " + targets[row] + " in row " + row);
            }
            if (rank(scores, row * classes, classes, targets[row]) < k) {
                correct++;
            }
        }
        return correct;
    }

    /** How many classes rank before the target. */
    private static int rank(float[] scores, int offset, int classes, int target) {
        var own = scores[offset + target];
        var before = 0;
        for (var other = 0; other < classes; other++) {
            var score = scores[offset + other];
            var equal = score == own || (Float.isNaN(score) && Float.isNaN(own));
            if (equal ? other < target : score > own || Float.isNaN(score)) {
                before++;
            }
        }
        return before;
    }
}
