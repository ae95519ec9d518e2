package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.Sgd;
import io.uad.plugin.engine.common.ArrayState;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One rule of SGD, applied to parameters of a step. Written out, because the library's own keeps its momentum behind keys
 * that no checkpoint can name, and takes longer.
 */
final class SgdUpdate {
    private final Sgd rule;
    private final ArrayState<Tensor> state;
    private final LibtorchArrays arrays;

    SgdUpdate(Sgd rule, ArrayState<Tensor> state, LibtorchArrays arrays) {
        this.rule = rule;
        this.state = state;
        this.arrays = arrays;
    }

    /** Changes one parameter and its momentum. Without gradient mode only. */
    void apply(String name) {
        var value = state.parameters().value(name);
        var gradient = value.grad();
        if (rule.weightDecay() > 0) {
            gradient = gradient.add(value, new Scalar(rule.weightDecay()));
        }
        value.add_(rule.momentum() > 0 ? velocity(name, gradient) : gradient, new Scalar(-rule.learningRate()));
    }

    private Tensor velocity(String name, Tensor gradient) {
        var before = state.momentum().of(name);
        if (before != null) {
            return before.mul_(new Scalar(rule.momentum())).add_(gradient);
        }
        var first = arrays.keep(gradient.clone());
        state.momentum().start(name, first);
        return first;
    }
}
