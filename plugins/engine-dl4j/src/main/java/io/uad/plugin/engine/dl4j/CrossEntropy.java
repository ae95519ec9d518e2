package io.uad.plugin.engine.dl4j;

import java.util.Arrays;

/**
 * The loss {@code mean_i(weight_i * (ln sum_j exp(logit_ij) - logit_i,label))}, in double.
 *
 * <p>Deeplearning4j's own ways to weigh samples scale the gradient by something else, so that this is ours.
 *
 * @param mean the loss
 * @param correct how many samples have their label as the first largest output
 * @param gradient of the loss by the logits: {@code weight_i / B * (softmax_ij - [j = label])}
 */
record CrossEntropy(double mean, int correct, Maps gradient) {
    /** @param logits {@code [B, classes]}, handed over */
    static CrossEntropy of(Maps logits, int[] labels, float[] weights, Workers workers) {
        var gradient = logits.another(logits.shape());
        var losses = new double[labels.length];
        var hits = new int[labels.length];
        workers.forEach(labels.length, sample -> {
            var row = new float[logits.channels()];
            var from = (long) sample * row.length;
            Floats.read(logits.vector(), from, row, 0, row.length);
            var share = (double) weights[sample] / labels.length;
            hits[sample] = largest(row) == labels[sample] ? 1 : 0;
            losses[sample] = share * slopes(row, labels[sample], share);
            Floats.write(gradient.vector(), from, row, 0, row.length);
        });
        logits.letGo();
        return new CrossEntropy(Arrays.stream(losses).sum(), Arrays.stream(hits).sum(), gradient);
    }

    private static int largest(float[] row) {
        var largest = 0;
        for (var i = 1; i < row.length; i++) {
            largest = row[i] > row[largest] ? i : largest;
        }
        return largest;
    }

    /** Puts the gradient in the place of the logits, and returns the cross entropy. */
    private static double slopes(float[] row, int label, double share) {
        double shift = row[largest(row)]; // so that no power overflows
        var entropy = shift - row[label];
        var powers = new double[row.length];
        var sum = 0.0;
        for (var i = 0; i < row.length; i++) {
            powers[i] = Math.exp(row[i] - shift);
            sum += powers[i];
        }
        for (var i = 0; i < row.length; i++) {
            row[i] = (float) (share * (powers[i] / sum - (i == label ? 1 : 0)));
        }
        return entropy + Math.log(sum);
    }
}
