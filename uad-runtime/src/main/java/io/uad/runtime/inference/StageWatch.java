package io.uad.runtime.inference;

import io.uad.api.listener.RunEvent;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.image.ImageLoader;

/** Looks at the clock while a stage lasts. */
public final class StageWatch {
    private final ImageLoader loader;
    private final double waitedBefore;
    private final long began = System.nanoTime();

    private StageWatch(ImageLoader loader) {
        this.loader = loader;
        this.waitedBefore = loader.waitedSeconds();
    }

    /** A stage begins that may read images. */
    public static StageWatch start(ImageLoader loader) {
        return new StageWatch(loader);
    }

    /** What listeners are told at its end. */
    public RunEvent.StageFinished finished(int epoch, String stage) {
        return new RunEvent.StageFinished(
                epoch,
                stage,
                (System.nanoTime() - began) / 1e9,
                loader.waitedSeconds() - waitedBefore,
                Machine.peakBytes());
    }
}
