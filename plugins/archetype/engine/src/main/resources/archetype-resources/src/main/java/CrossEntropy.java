package ${package};

/**
 * The loss {@code mean_i(weight_i * (ln sum_j exp(logit_ij) - logit_i,label))}.
 *
 * @param mean the loss
 * @param correct how many samples have their label as the first largest output
 * @param gradient of the loss by the logits: {@code weight_i / B * (softmax_ij - [j = label])}
 */
record CrossEntropy(double mean, int correct, Maps gradient) {
    /** @param logits {@code [B, classes]} */
    static CrossEntropy of(Maps logits, int[] labels, float[] weights) {
        var classes = logits.channels();
        var gradient = Maps.zeros(logits.samples(), logits.shape());
        var sum = 0.0;
        var correct = 0;
        for (var sample = 0; sample < logits.samples(); sample++) {
            var from = sample * classes;
            var largest = from;
            for (var i = from; i < from + classes; i++) {
                largest = logits.values()[i] > logits.values()[largest] ? i : largest;
            }
            double shift = logits.values()[largest]; // so that no power overflows
            var powers = 0.0;
            for (var i = from; i < from + classes; i++) {
                powers += Math.exp(logits.values()[i] - shift);
            }
            var label = from + labels[sample];
            var share = (double) weights[sample] / logits.samples();
            for (var i = from; i < from + classes; i++) {
                var softmax = Math.exp(logits.values()[i] - shift) / powers;
                gradient.values()[i] = (float) (share * (softmax - (i == label ? 1 : 0)));
            }
            sum += share * (Math.log(powers) + shift - logits.values()[label]);
            correct += largest == label ? 1 : 0;
        }
        return new CrossEntropy(sum, correct, gradient);
    }
}
