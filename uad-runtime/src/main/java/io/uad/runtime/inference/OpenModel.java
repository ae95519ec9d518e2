package io.uad.runtime.inference;

import io.uad.api.dataset.Dataset;
import io.uad.api.engine.Engine;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.TrainingSession;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.image.ImageConsumer;
import io.uad.runtime.listener.Listeners;

/**
 * A model on its engine, ready to be shown images.
 *
 * @param listeners are told of progress and of images that are left out
 * @param session the network, without a head
 */
public record OpenModel(Listeners listeners, Engine engine, TrainingSession session) implements AutoCloseable {
    /** Starts the engine that the model's configuration names. */
    public static OpenModel of(Model model) {
        var listeners = Listeners.of(model.config());
        Engine engine = null;
        var done = false;
        try {
            model.config().notices().forEach(listeners::notice);
            engine = model.config().engine().create(Engine.class);
            var open = new OpenModel(listeners, engine, engine.open(model.network(), model.body()));
            done = true;
            return open;
        } finally {
            if (!done) {
                if (engine != null) {
                    engine.close();
                }
                listeners.close();
            }
        }
    }

    /** A dataset's images, to be shown to the model once. */
    public Images images(RunConfig config, Dataset dataset) {
        return images(config, dataset, 0);
    }

    /**
     * A dataset's images, to be shown to the model batch by batch.
     *
     * @param cacheBytes how many bytes of decoded images are kept for the next pass
     */
    public Images images(RunConfig config, Dataset dataset, long cacheBytes) {
        return Images.of(config, dataset, cacheBytes, ImageConsumer.of(engine, session), listeners);
    }

    /** The engine's products. */
    public LinearAlgebra algebra() {
        return engine.linearAlgebra();
    }

    @Override
    public void close() {
        try (listeners;
                engine;
                session) {
            // closes all three, the last one first, also when one fails
        }
    }
}
