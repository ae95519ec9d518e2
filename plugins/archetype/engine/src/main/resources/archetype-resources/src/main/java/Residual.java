package ${package};

/** {@code main(x) + shortcut(x)}. */
record Residual(Chain main, Chain shortcut) implements Node {
    @Override
    public Step forward(Maps input, Mode mode) {
        var one = main.forward(input, mode);
        var other = shortcut.forward(input, mode);
        return new Step(
                sum(one.output(), other.output()),
                gradient -> sum(one.backward().apply(gradient), other.backward().apply(gradient)));
    }

    private static Maps sum(Maps one, Maps other) {
        var values = one.values().clone();
        for (var i = 0; i < values.length; i++) {
            values[i] += other.values()[i];
        }
        return one.with(values);
    }
}
