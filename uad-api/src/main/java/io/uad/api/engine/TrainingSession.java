package io.uad.api.engine;

import io.uad.api.Batch;
import java.util.List;

/**
 * A compiled network with its weights. A step is {@link #backward} and then {@link #update}; between the two the gradients
 * can be read and written through {@link #state()}.
 *
 * @since 0.1
 */
public interface TrainingSession extends AutoCloseable {
    /**
     * Says which inputs come next, so that an engine may bring them to its device while it computes something else. A hint:
     * nothing depends on it, and another batch may come first. The batch before, which was announced in the same way, is
     * usually yet to be used: two are ahead at most, and an engine drops the older one when a third is announced.
     *
     * @param batch of the network's input shape; equal to the one that comes if its images and views are the same objects
     */
    default void prepare(Batch batch) {}

    /**
     * Forwards in evaluation mode (running statistics, no dropout, no gradient) and reads taps.
     *
     * @param batch of the network's input shape
     * @return one activation per selection, in that order
     * @throws IllegalArgumentException if there is no such tap
     * @throws IllegalStateException if the head's output is asked for and there is no head yet
     */
    List<Activation> forward(Batch batch, List<TapSelection> selections);

    /**
     * Forwards in training mode and computes the gradients of {@code mean_i(weight_i * crossEntropy_i)} (not divided by the
     * sum of the weights). Updates the running statistics. Gradients replace those of the call before.
     *
     * @param batch of the network's input shape, labels below the head's width
     * @param dropout decides the masks of every dropout layer
     * @throws IllegalStateException if there is no head yet
     */
    StepOutcome backward(LabelledBatch batch, DropoutSeed dropout);

    /**
     * One step of SGD with the gradients of the last {@link #backward}: the body by one rule, the head by another.
     *
     * @param maxGradientNorm if the Euclidean norm of all gradients taken together is larger, they are first multiplied by
     *     {@code maxGradientNorm / (norm + 1e-6)} (Pascanu et al., ICML 2013); above 0, infinite to leave them alone
     * @throws IllegalStateException if there are no gradients
     */
    void update(Sgd body, Sgd head, double maxGradientNorm);

    /** The same with the gradients as they are. */
    default void update(Sgd body, Sgd head) {
        update(body, head, Double.POSITIVE_INFINITY);
    }

    /**
     * Installs a head of {@code classes} outputs, forgetting the old one and its momentum; the body keeps its weights and its
     * momentum. The next {@link #update} needs another {@link #backward} first.
     *
     * @param classes at least 1
     * @param weight {@code [classes, features]} row by row; copied
     * @param bias {@code [classes]}; copied
     */
    void replaceHead(int classes, float[] weight, float[] bias);

    /** Reads and writes the session's state. */
    SessionState state();

    /** Frees the session's native memory. */
    @Override
    void close();
}
