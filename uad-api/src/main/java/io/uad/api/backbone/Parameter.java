package io.uad.api.backbone;

import java.util.List;

/**
 * One entry of a network's state.
 *
 * @param name as in PyTorch's state dict
 * @param shape outermost first, each side at least 1; empty for a scalar
 * @param role how it starts and whether it is trained
 * @param initial the standard deviation for {@link Role#NORMAL}, the value itself for the constant ones, otherwise 0
 * @since 0.1
 */
public record Parameter(String name, List<Integer> shape, Role role, double initial) {
    public Parameter {
        shape = List.copyOf(shape);
    }

    /** What a parameter is. */
    public enum Role {
        /** Trained, drawn from N(0, initial). */
        NORMAL,
        /** Trained, starts at a constant. */
        CONSTANT,
        /** Given and never changed. */
        FIXED,
        /** A running statistic: changed by training, not by its gradient. */
        STATISTIC,
        /** A 64-bit count of training steps. */
        COUNTER
    }

    /** Whether the optimizer changes it. */
    public boolean trained() {
        return role == Role.NORMAL || role == Role.CONSTANT;
    }

    /**
     * The number of values.
     *
     * @throws ArithmeticException if they are more than an {@code int} counts
     */
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
