package io.uad.api.engine;

/**
 * What an engine may lack. Whoever needs one asks for it first.
 *
 * @since 0.1
 */
public enum Capability {
    /**
     * The same calls on the same device with the same number of threads give the same bits, in this process and in the next.
     * Without it a run that is interrupted and resumed ends close to one that was not, but not equal to it.
     */
    REPEATABLE,

    /**
     * {@link SessionState.Kind#GRADIENTS} can be written between {@link TrainingSession#backward} and
     * {@link TrainingSession#update}, which takes them from there: what averages gradients over several processes needs that.
     * They can be read in any case.
     */
    GRADIENT_EXCHANGE,

    /** {@link Engine#join} works: several processes can train one network together. */
    PROCESS_GROUPS,

    /**
     * Takes the views of an {@link io.uad.api.image.ImageBatch} on its device, to the same bytes as
     * {@link io.uad.api.image.Resampler}: it is handed images as they were decoded, and told of the next batch.
     */
    VIEWS
}
