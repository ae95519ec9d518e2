package io.uad.plugin.engine.djl;

import io.uad.api.NamedTensors;
import io.uad.api.engine.SessionState;
import java.util.ArrayList;

/** The values of a session. What is written is checked as a whole before anything changes. */
final class DjlState implements SessionState {
    private final Parameters parameters;
    private final Momentum momentum;
    private final Gradients gradients;
    private final Head head;

    DjlState(Parameters parameters, Momentum momentum, Gradients gradients, Head head) {
        this.parameters = parameters;
        this.momentum = momentum;
        this.gradients = gradients;
        this.head = head;
    }

    @Override
    public NamedTensors read(Kind kind) {
        return Native.withoutGradient(() -> "reading " + kind, () -> switch (kind) {
            case WEIGHTS -> parameters.read();
            case MOMENTUM -> momentum.read();
            case GRADIENTS -> gradients.read();
        });
    }

    @Override
    public void write(Kind kind, NamedTensors tensors) {
        Native.withoutGradient(() -> "writing " + kind, () -> {
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
