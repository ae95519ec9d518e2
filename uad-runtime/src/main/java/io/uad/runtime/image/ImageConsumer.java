package io.uad.runtime.image;

import io.uad.api.Batch;
import io.uad.api.engine.Capability;
import io.uad.api.engine.Engine;
import io.uad.api.engine.TrainingSession;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who takes the batches that are loaded.
 *
 * @param takesViews whether it takes the views itself, of images as they were decoded
 * @param upcoming is told of a batch that is ready when the one before is taken, which makes one more that is held; empty
 *     if nobody wants to know
 */
public record ImageConsumer(boolean takesViews, Optional<Consumer<Batch>> upcoming) {
    /** One that wants squares, and no batch before its time. */
    public static final ImageConsumer PLAIN = new ImageConsumer(false, Optional.empty());

    /** An engine that is shown batches in another order, or not all of them. */
    public static ImageConsumer of(Engine engine) {
        return new ImageConsumer(engine.capabilities().has(Capability.VIEWS), Optional.empty());
    }

    /** A session that is shown every batch, one after the other. */
    public static ImageConsumer of(Engine engine, TrainingSession session) {
        return engine.capabilities().has(Capability.VIEWS)
                ? new ImageConsumer(true, Optional.of(session::prepare))
                : PLAIN;
    }
}
