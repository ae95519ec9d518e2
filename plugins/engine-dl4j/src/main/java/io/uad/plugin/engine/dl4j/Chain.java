package io.uad.plugin.engine.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes one after the other; none at all is the identity. */
record Chain(List<Node> nodes) implements Node {
    @Override
    public boolean isTrained() {
        return nodes.stream().anyMatch(Node::isTrained);
    }

    @Override
    public Step forward(Maps input, Mode mode) {
        var backwards = new ArrayList<Backward>();
        var maps = input;
        var passesGradient = mode.passesGradient();
        for (var node : nodes) {
            var step = node.forward(maps, mode.passingGradient(passesGradient));
            maps = step.output();
            passesGradient |= node.isTrained();
            if (mode.training() && passesGradient) {
                backwards.add(step.backward());
            }
        }
        return new Step(maps, gradient -> backward(backwards, gradient));
    }

    private static @Nullable Maps backward(List<Backward> backwards, Maps gradient) {
        Maps slopes = gradient;
        for (var i = backwards.size() - 1; i >= 0; i--) {
            if (slopes == null) {
                throw new IllegalStateException("a layer above the first trained one kept its gradient");
            }
            slopes = backwards.get(i).apply(slopes);
        }
        return slopes;
    }
}
