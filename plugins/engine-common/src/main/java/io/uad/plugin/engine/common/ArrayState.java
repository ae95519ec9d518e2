package io.uad.plugin.engine.common;

import io.uad.api.NamedTensors;
import io.uad.api.backbone.Network;
import io.uad.api.engine.SessionState;
import java.util.ArrayList;

/**
 * The values of a session. What is written is checked as a whole before anything changes.
 *
 * @param <A> the library's array
 */
public final class ArrayState<A> implements SessionState {
    private final Parameters<A> parameters;
    private final Momentum<A> momentum;
    private final Gradients<A> gradients;
    private final Head head;
    private final LibraryCalls calls;

    /**
     * Copies a state to the library. If this throws, the arrays made so far stay the store's.
     *
     * @param state every parameter of the network, and the head's two or neither
     * @throws io.uad.api.UadException of kind DATA if the state does not fit
     */
    public ArrayState(Network network, NamedTensors state, ArrayStore<A> arrays, LibraryCalls calls) {
        this.parameters = new Parameters<>(network.parameters(), state, arrays);
        this.momentum = new Momentum<>(parameters, arrays);
        this.gradients = new Gradients<>(parameters, arrays);
        this.head = new Head(network, parameters, momentum, gradients);
        this.calls = calls;
        head.start(state);
    }

    /** The named values. */
    public Parameters<A> parameters() {
        return parameters;
    }

    /** The momentum of those that are trained. */
    public Momentum<A> momentum() {
        return momentum;
    }

    /** Their gradients. */
    public Gradients<A> gradients() {
        return gradients;
    }

    /** The head. */
    public Head head() {
        return head;
    }

    @Override
    public NamedTensors read(Kind kind) {
        return calls.run(() -> "reading " + kind, () -> switch (kind) {
            case WEIGHTS -> parameters.read();
            case MOMENTUM -> momentum.read();
            case GRADIENTS -> gradients.read();
        });
    }

    @Override
    public void write(Kind kind, NamedTensors tensors) {
        calls.run(() -> "writing " + kind, () -> {
            switch (kind) {
                case WEIGHTS -> writeWeights(tensors);
                case MOMENTUM -> momentum.write(tensors);
                case GRADIENTS -> gradients.write(tensors);
            }
            return tensors;
        });
    }

    private void writeWeights(NamedTensors tensors) {
        var others = new ArrayList<>(tensors.names());
        if (head.isIn(tensors)) {
            head.check(tensors);
            others.removeAll(head.names());
        }
        others.forEach(name -> Parameters.check(parameters.expect(name), tensors.get(name)));
        if (head.isIn(tensors)) {
            head.write(tensors);
        }
        others.forEach(name -> parameters.set(parameters.expect(name), tensors.get(name)));
    }
}
