package io.uad.runtime.packing;

import io.uad.api.listener.RunEvent;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.listener.StopSignal;

/** Reports how many images are done, and ends the work when it is asked to stop. */
final class PackingProgress implements AutoCloseable {
    private final String stage;
    private final int total;
    private final Listeners listeners;
    private final StopSignal stop;
    private final long began = System.nanoTime();

    PackingProgress(String stage, int total, Listeners listeners, StopSignal stop) {
        this.stage = stage;
        this.total = total;
        this.listeners = listeners;
        this.stop = stop;
        listeners.on(new RunEvent.StageStarted(RunEvent.NO_EPOCH, stage));
    }

    /** @throws java.util.concurrent.CancellationException if the work is to stop */
    void done(int images) {
        stop.check();
        listeners.on(new RunEvent.StageProgressed(RunEvent.NO_EPOCH, stage, images, total));
    }

    @Override
    public void close() {
        listeners.on(new RunEvent.StageFinished(RunEvent.NO_EPOCH, stage, (System.nanoTime() - began) / 1e9));
    }
}
