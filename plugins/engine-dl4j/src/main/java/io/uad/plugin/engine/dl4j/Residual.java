package io.uad.plugin.engine.dl4j;

import org.jspecify.annotations.Nullable;

/** {@code main(x) + shortcut(x)}. */
record Residual(Chain main, Chain shortcut) implements Node {
    @Override
    public boolean isTrained() {
        return main.isTrained() || shortcut.isTrained();
    }

    @Override
    public Step forward(Maps input, Mode mode) {
        var one = main.forward(input.hold(), mode);
        var other = shortcut.forward(input, mode);
        return new Step(sum(one.output(), other.output()), gradient -> backward(one, other, mode, gradient));
    }

    private @Nullable Maps backward(Step one, Step other, Mode mode, Maps gradient) {
        var first = branch(main, one, mode, gradient.hold());
        var second = branch(shortcut, other, mode, gradient);
        if (first == null || second == null) {
            return null; // both, or there would be someone in front who needs them
        }
        return sum(first, second);
    }

    private static @Nullable Maps branch(Chain chain, Step step, Mode mode, Maps gradient) {
        return (mode.isRecorded(chain.isTrained()) ? step.backward() : Backward.NONE).apply(gradient);
    }

    private static Maps sum(Maps one, Maps other) {
        var target = one.mayBeOverwritten() ? one.hold() : one.another(one.shape());
        Ops.add(one.matrix(), other.matrix(), target.matrix());
        one.letGo();
        other.letGo();
        return target;
    }
}
