package io.uad.plugin.engine.common;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import java.util.List;

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
