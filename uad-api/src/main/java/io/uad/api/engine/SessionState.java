package io.uad.api.engine;

import io.uad.api.NamedTensors;

/**
 * The values inside a {@link TrainingSession}, under PyTorch's parameter names.
 *
 * @since 0.1
 */
public interface SessionState {
    /** Which values. */
    enum Kind {
        /** Every parameter, running statistic and counter, the head's last if there is one. */
        WEIGHTS,
        /** The momentum of each trained parameter that has one yet; empty before the first update. */
        MOMENTUM,
        /** The gradient of each trained parameter; empty before the first backward. */
        GRADIENTS
    }

    /** A copy of the values. */
    NamedTensors read(Kind kind);

    /**
     * Replaces values. For {@link Kind#MOMENTUM} the given ones become all there are; for the other kinds the given ones
     * are replaced and the rest stays. Weights of another head width install that head.
     *
     * @throws io.uad.api.UadException of kind DATA if a name is unknown or a shape differs
     * @throws UnsupportedOperationException for gradients, if the engine lacks {@link Capability#GRADIENT_EXCHANGE}
     */
    void write(Kind kind, NamedTensors values);
}
