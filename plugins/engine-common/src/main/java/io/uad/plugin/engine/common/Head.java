package io.uad.plugin.engine.common;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.DeviceInfo;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.StepMemory;
import java.util.List;
import java.util.function.Supplier;

/** The linear layer behind the network: as wide as there are clusters, and replaced as a whole. */
public final class Head {
    private final Network network;
    private final Parameters<?> parameters;
    private final Momentum<?> momentum;
    private final Gradients<?> gradients;
    private final String weight;
    private final String bias;
    private int classes;

    Head(Network network, Parameters<?> parameters, Momentum<?> momentum, Gradients<?> gradients) {
        this.network = network;
        this.parameters = parameters;
        this.momentum = momentum;
        this.gradients = gradients;
        this.weight = network.head() + ".weight";
        this.bias = network.head() + ".bias";
    }

    /** How many outputs, 0 without a head. */
    public int classes() {
        return classes;
    }

    /**
     * Checks that there is a head.
     *
     * @throws IllegalStateException if not
     */
    public void require() {
        if (classes == 0) {
            throw new IllegalStateException("network " + network.name() + " has no head yet");
        }
    }

    /**
     * How many layers come before a tap; behind the head are one more than the network has.
     *
     * @throws IllegalArgumentException if there is no such tap
     * @throws IllegalStateException if the head's output is asked for and there is no head
     */
    public int layersBefore(String tap) {
        if (tap.equals(Network.TOP)) {
            require();
            return network.layers().size() + 1;
        }
        return network.position(tap);
    }

    /**
     * A batch's labels.
     *
     * @throws IllegalArgumentException if one is none of the head's outputs
     * @throws IllegalStateException if there is no head
     */
    public long[] labels(LabelledBatch batch) {
        require();
        var labels = new long[batch.labels().length];
        for (var i = 0; i < labels.length; i++) {
            var label = batch.labels()[i];
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                        "labels[" + i + "] must lie in 0.." + (classes - 1) + ", was " + label);
            }
            labels[i] = label;
        }
        return labels;
    }

    /**
     * What to say of a pass for which memory does not suffice.
     *
     * @param where the engine, such as {@code engine/djl}
     * @param batch samples of the pass
     * @param device asked when it is needed
     */
    public Exhausted exhausted(String where, int batch, Supplier<DeviceInfo> device) {
        return (doing, reason, cause) ->
                StepMemory.of(network, classes).exceeded(where, doing, batch, device.get(), reason, cause);
    }

    /** The names of its two parameters. */
    public List<String> names() {
        return List.of(weight, bias);
    }

    /** Whether a state brings a whole head. */
    boolean isIn(NamedTensors state) {
        return state.has(weight) && state.has(bias);
    }

    /**
     * Takes the head of a new network's state, if it has one.
     *
     * @throws UadException of kind DATA if it has half of one
     */
    void start(NamedTensors state) {
        if (isIn(state)) {
            write(state);
        } else if (state.has(weight) || state.has(bias)) {
            throw Parameters.missing(state.has(weight) ? bias : weight);
        }
    }

    /**
     * Whether a state's head fits the network, of whatever width.
     *
     * @throws UadException of kind DATA if not
     */
    void check(NamedTensors state) {
        var shape = state.get(weight).shape();
        var width = shape.isEmpty() || shape.get(0) < 1 ? 1 : shape.get(0);
        var specifications = network.headParameters(width);
        Parameters.check(specifications.get(0), state.get(weight));
        Parameters.check(specifications.get(1), state.get(bias));
    }

    /** Overwrites the head; one of another width replaces it. */
    void write(NamedTensors state) {
        check(state);
        if (state.get(weight).shape().get(0) == classes) {
            set(classes, state.get(weight), state.get(bias));
        } else {
            replace(state.get(weight), state.get(bias));
        }
    }

    /**
     * Installs a new head, which has neither momentum nor gradients.
     *
     * @throws IllegalArgumentException if a length is wrong; the old head is then still there
     */
    public void replace(int classes, float[] weight, float[] bias) {
        if (classes < 1) {
            throw new IllegalArgumentException("classes must be 1 or more, was " + classes);
        }
        replace(Tensor.of(weight, classes, network.featureCount()), Tensor.of(bias, classes));
    }

    private void replace(Tensor newWeight, Tensor newBias) {
        classes = 0;
        gradients.lose();
        names().forEach(parameters::remove);
        names().forEach(momentum::forget);
        var width = newWeight.shape().get(0);
        set(width, newWeight, newBias);
        classes = width;
    }

    private void set(int width, Tensor newWeight, Tensor newBias) {
        var specifications = network.headParameters(width);
        parameters.set(specifications.get(0), newWeight);
        parameters.set(specifications.get(1), newBias);
    }
}
