package io.uad.plugin.engine.dl4j;

import io.uad.api.engine.DropoutSeed;
import org.jspecify.annotations.Nullable;

/** A compiled layer. It holds its variables and nothing of a batch, so that what a step needed ends with the step. */
interface Node {
    /**
     * Computes the layer. In training, statistics move.
     *
     * @param input handed over, as {@link Maps} says
     */
    Step forward(Maps input, Mode mode);

    /** Whether something in it is trained. */
    default boolean isTrained() {
        return false;
    }

    /**
     * How a forward pass computes.
     *
     * @param training whether masks are drawn and statistics taken from the batch
     * @param passesGradient whether somebody before the layer needs the gradient
     * @param dropout decides the masks in training
     */
    record Mode(boolean training, boolean passesGradient, DropoutSeed dropout) {
        static final Mode EVALUATION = new Mode(false, false, DropoutSeed.NONE);

        Mode passingGradient(boolean passes) {
            return new Mode(training, passes, dropout);
        }

        /** Whether there will be a backward pass through a layer. */
        boolean isRecorded(boolean isTrained) {
            return training && (isTrained || passesGradient);
        }
    }

    /**
     * What a forward pass leaves.
     *
     * @param output for the next layer, handed over
     * @param backward to be called at most once, and not at all if the pass was not recorded
     */
    record Step(Maps output, Backward backward) {}

    /** The way back through a layer. */
    @FunctionalInterface
    interface Backward {
        /** Of a pass that was not recorded. */
        Backward NONE = gradient -> {
            gradient.letGo();
            return null;
        };

        /**
         * Leaves the gradients by the layer's variables in them.
         *
         * @param gradient by the output, handed over
         * @return that by the input, handed over; null if nobody needs it
         */
        @Nullable
        Maps apply(Maps gradient);
    }
}
