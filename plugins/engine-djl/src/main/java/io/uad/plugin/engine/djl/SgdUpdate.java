package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.uad.api.engine.Sgd;
import io.uad.plugin.engine.common.Momentum;
import io.uad.plugin.engine.common.Parameters;

/**
 * One rule of SGD, applied to parameters of a step. The rates are arrays of the step and come first in each product: the
 * result then belongs to the step, and a GPU is sent each rate once, not once per parameter.
 */
final class SgdUpdate {
    private final Sgd rule;
    private final NDArray rate;
    private final NDArray decay;
    private final NDArray kept;

    /**
     * @param rule the rule
     * @param step closed by the caller after the last {@link #apply}
     */
    SgdUpdate(Sgd rule, NDManager step) {
        this.rule = rule;
        this.rate = step.create(rule.learningRate());
        this.decay = step.create(rule.weightDecay());
        this.kept = step.create(rule.momentum());
    }

    /**
     * Changes one parameter and its momentum. Without gradient mode only.
     *
     * @param session which a first momentum belongs to
     */
    void apply(String name, Parameters<NDArray> parameters, Momentum<NDArray> momentum, NDManager session) {
        var value = parameters.value(name);
        try (var own = rate.getManager().newSubManager()) { // frees what a parameter needs before the next one
            var gradient = value.getGradient();
            gradient.attach(own);
            if (rule.weightDecay() > 0) {
                var decayed = decay.mul(value);
                decayed.attach(own);
                gradient = decayed.addi(gradient);
            }
            var change = rate.mul(rule.momentum() > 0 ? velocity(name, gradient, momentum, session) : gradient);
            change.attach(own);
            value.subi(change);
        }
    }

    private NDArray velocity(String name, NDArray gradient, Momentum<NDArray> momentum, NDManager session) {
        var before = momentum.of(name);
        if (before != null) {
            return before.muli(kept).addi(gradient);
        }
        var first = gradient.duplicate();
        first.attach(session);
        momentum.start(name, first);
        return first;
    }
}
