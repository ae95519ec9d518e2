package ${package};

import io.uad.api.engine.DropoutSeed;
import java.util.function.UnaryOperator;

/** A compiled layer. It holds its variables and nothing of a batch, so that what a step needed ends with the step. */
@FunctionalInterface
interface Node {
    /** Computes the layer. In training, statistics move. */
    Step forward(Maps input, Mode mode);

    /**
     * How a forward pass computes.
     *
     * @param training whether there will be a backward pass
     * @param dropout decides the masks in training
     */
    record Mode(boolean training, DropoutSeed dropout) {
        static final Mode EVALUATION = new Mode(false, DropoutSeed.NONE);
    }

    /**
     * What a forward pass leaves.
     *
     * @param output for the next layer
     * @param backward makes the loss's gradient by the input of that by the output, and leaves those by the layer's
     *     variables in them; called after training only, and once
     */
    record Step(Maps output, UnaryOperator<Maps> backward) {}
}
