package io.uad.plugin.engine.libtorch;

import io.uad.api.backbone.Parameter;
import io.uad.api.engine.StepOutcome;
import io.uad.plugin.engine.common.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** What a training step of one session exchanges with the same step in other processes. */
final class JointSteps implements AutoCloseable {
    private final LibtorchGroup group;
    private final JointGradients gradients;
    private final JointNormalization normalization;

    JointSteps(LibtorchGroup group) {
        this.group = group;
        this.gradients = new JointGradients(group, JointGradients.MOST_PER_BUCKET);
        this.normalization = new JointNormalization(group);
    }

    /**
     * What normalises a batch, if that is done jointly; else null.
     *
     * @param copies how many processes bring the very batch
     */
    @Nullable
    JointNormalization normalizing(int copies) {
        return group.joinsStatistics() && copies == 1 ? normalization : null;
    }

    /** How many samples the joint batch has. */
    int samples(int own) {
        var sum = new double[] {own};
        group.sum(sum);
        return (int) sum[0];
    }

    /**
     * Runs a backward pass that leaves everywhere the sums of all processes' gradients. Where each normalises for itself,
     * the running statistics become process 0's.
     */
    void backward(Parameters<Tensor> parameters, int copies, Runnable backward) {
        try {
            group.unwrapped(() -> gradients.sum(values(parameters, Parameter::trained), backward));
        } finally {
            normalization.release();
        }
        if (normalizing(copies) == null) {
            share(values(parameters, parameter -> parameter.role() == Parameter.Role.STATISTIC));
        }
    }

    private static List<Tensor> values(Parameters<Tensor> parameters, Predicate<Parameter> wanted) {
        return parameters.all().stream()
                .filter(wanted)
                .map(parameter -> parameters.value(parameter.name()))
                .toList();
    }

    private void share(List<Tensor> statistics) {
        if (statistics.isEmpty()) {
            return;
        }
        var flat = new ArrayList<Tensor>();
        statistics.forEach(values -> flat.add(values.reshape(-1)));
        var all = torch.cat(new TensorVector(flat.toArray(Tensor[]::new)), 0);
        group.broadcast(all);
        var offset = 0L;
        for (var values : statistics) {
            values.copy_(all.narrow(0, offset, values.numel())
                    .reshape(values.sizes().vec().get()));
            offset += values.numel();
        }
    }

    /** The sums over all processes. */
    StepOutcome outcome(double loss, long correct) {
        var sums = new double[] {loss, correct};
        group.sum(sums);
        return new StepOutcome(sums[0], (int) sums[1]);
    }

    @Override
    public void close() {
        gradients.close();
    }
}
