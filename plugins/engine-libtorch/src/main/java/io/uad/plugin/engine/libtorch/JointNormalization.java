package io.uad.plugin.engine.libtorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.VoidTensorHook;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation over the joint batch of several processes.
 *
 * <p>With the statistics given, the library's own kernel gives the values, and gradients that take the statistics for
 * constants. What the input's gradient g then lacks is {@code -(sum(g) + xhat * sum(g * xhat)) / N}, with sums over all
 * processes (Ioffe and Szegedy, ICML 2015, the gradients below algorithm 1, rewritten). The kernel has computed this
 * process's part of them: they are the gradients of bias and weight, times {@code weight / sqrt(variance + epsilon)}. The
 * kernel computes the rest, too: it is the input normalised by the same statistics, with {@code -sum(g * xhat) / N} for the
 * weight and {@code -sum(g) / N} for the bias.
 */
final class JointNormalization {
    private final LibtorchGroup group;
    private @Nullable Tensor handedOver; // by the last hook

    /** @param group whose processes bring the joint batch */
    JointNormalization(LibtorchGroup group) {
        this.group = group;
    }

    /** What a layer has, {@code [C]} each. */
    record Layer(Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance) {}

    /**
     * Of the joint batch, {@code [C]} each.
     *
     * @param count values per channel
     */
    private record Statistics(Tensor mean, Tensor variance, double count) {}

    /** Normalises {@code [B, C, H, W]} and updates the running statistics. */
    Tensor normalize(Tensor x, Layer layer) {
        var values = x.detach();
        var statistics = statistics(values);
        track(layer.runningMean, statistics.mean);
        track(layer.runningVariance, statistics.variance.mul(new Scalar(statistics.count / (statistics.count - 1))));
        // Views have gradients of their own, also where x goes other ways too. The later ones get theirs first.
        var source = x.view_as(x);
        var weight = layer.weight.view_as(layer.weight);
        var bias = layer.bias.view_as(layer.bias);
        if (source.requires_grad()) {
            var ofWeight = new Kept();
            var ofBias = new Kept();
            weight.register_hook(ofWeight);
            bias.register_hook(ofBias);
            source.register_hook(new Correction(values, layer.weight.detach(), statistics, ofWeight, ofBias));
        }
        try (source) { // the graph keeps what it needs of it
            return normalized(source, weight, bias, statistics);
        }
    }

    private static Tensor normalized(Tensor x, Tensor weight, Tensor bias, Statistics statistics) {
        return torch.batch_norm(
                x,
                new TensorOptional(weight),
                new TensorOptional(bias),
                new TensorOptional(statistics.mean),
                new TensorOptional(statistics.variance),
                false,
                0,
                Forward.EPSILON,
                true);
    }

    private Statistics statistics(Tensor x) {
        // Running statistics of float32, which nobody reads, make those of a bfloat16 batch float32, too.
        var zeros = torch.zeros(new long[] {x.size(1)}, new TensorOptions(x.device()));
        var ones = torch.ones_like(zeros);
        var own = torch.batch_norm_update_stats(x, new TensorOptional(zeros), new TensorOptional(ones), 0);
        var mean = own.get0().to(ScalarType.Double);
        var variance = own.get1().to(ScalarType.Double);
        var channels = mean.numel();
        var count = new Scalar((double) x.numel() / channels);
        var totals = torch.cat(
                new TensorVector(
                        mean.mul(count),
                        variance.add(mean.square()).mul(count),
                        torch.ones_like(mean).mul(count)),
                0);
        group.sum(totals);
        var all = totals.narrow(0, 2 * channels, channels);
        var joint = totals.narrow(0, 0, channels).div(all);
        var spread = totals.narrow(0, channels, channels).div(all).sub(joint.square());
        return new Statistics(
                joint.to(ScalarType.Float),
                spread.clamp_min(new Scalar(0.0)).to(ScalarType.Float),
                all.narrow(0, 0, 1).item_double());
    }

    private static void track(Tensor running, Tensor now) {
        running.mul_(new Scalar(1 - Forward.NEW_STATISTICS)).add_(now, new Scalar(Forward.NEW_STATISTICS));
    }

    /** Lets go of what the backward pass has left. */
    void release() {
        if (handedOver != null) {
            handedOver.close();
            handedOver = null;
        }
    }

    /** Keeps a gradient that passes. */
    private static final class Kept extends VoidTensorHook {
        private Tensor gradient = new Tensor();

        @Override
        public void call(TensorBase upstream) {
            try (upstream) {
                gradient = new Tensor(upstream);
                gradient.retainReference(); // there may be no scope, see Correction
            }
        }
    }

    /** Completes the gradient by the input. */
    private final class Correction extends TensorTensorHook {
        private final Tensor x;
        private final Tensor weight;
        private final Statistics statistics;
        private final Kept ofWeight;
        private final Kept ofBias;

        Correction(Tensor x, Tensor weight, Statistics statistics, Kept ofWeight, Kept ofBias) {
            this.x = x;
            this.weight = weight;
            this.statistics = statistics;
            this.ofWeight = ofWeight;
            this.ofBias = ofBias;
        }

        /** In a thread of the library's, on a GPU, which has no scope. */
        @Override
        public TensorBase call(TensorBase upstream) {
            try (var scope = new PointerScope();
                    var byWeight = ofWeight.gradient;
                    var byBias = ofBias.gradient) {
                return corrected(upstream, byWeight, byBias);
            }
        }

        private Tensor corrected(TensorBase upstream, Tensor byWeight, Tensor byBias) {
            var factor = weight.mul(
                    statistics.variance.add(new Scalar(Forward.EPSILON)).rsqrt());
            var sums = torch.cat(new TensorVector(byBias.mul(factor), byWeight.mul(factor)), 0);
            group.sum(sums);
            var lacking = sums.div(new Scalar(-statistics.count));
            var channels = factor.numel();
            return complete(upstream, lacking.narrow(0, channels, channels), lacking.narrow(0, 0, channels));
        }

        /**
         * Adds to the gradient where it lies: the kernel has made it for nobody else. Lets go of all maps at once, the last one
         * that was handed over too: they would pile up until the step ends.
         */
        private Tensor complete(TensorBase upstream, Tensor ofWeight, Tensor ofBias) {
            release();
            try (upstream;
                    x;
                    var lacking = normalized(x, ofWeight, ofBias, statistics)) {
                var completed = new Tensor(upstream);
                completed.add_(lacking);
                completed.retainReference();
                handedOver = completed;
                return completed;
            }
        }
    }
}
