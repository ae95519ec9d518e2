package ${package};

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Nodes one after the other; none at all is the identity. */
record Chain(List<Node> nodes) implements Node {
    @Override
    public Step forward(Maps input, Mode mode) {
        var backwards = new ArrayList<UnaryOperator<Maps>>();
        var maps = input;
        for (var node : nodes) {
            var step = node.forward(maps, mode);
            maps = step.output();
            if (mode.training()) { // else a step would keep its inputs alive
                backwards.add(step.backward());
            }
        }
        return new Step(maps, gradient -> {
            var slopes = gradient;
            for (var i = backwards.size() - 1; i >= 0; i--) {
                slopes = backwards.get(i).apply(slopes);
            }
            return slopes;
        });
    }
}
