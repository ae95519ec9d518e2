package io.uad.runtime.inference;

import io.uad.api.listener.RunEvent;
import io.uad.runtime.image.ImageStream;
import io.uad.runtime.image.LoadedBatch;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.listener.StopSignal;
import java.util.Iterator;

/**
 * One pass over images as an evaluation sees them, which reports its progress. Asked to stop, it ends by a {@link
 * java.util.concurrent.CancellationException}.
 */
public final class Pass implements Iterator<LoadedBatch>, AutoCloseable {
    private final String stage;
    private final int count;
    private final Listeners listeners;
    private final StopSignal stop;
    private final ImageStream batches;
    private final StageWatch watch;
    private long done;

    /** @param stage what it is called where progress is shown */
    public Pass(String stage, Images images, int batch, Listeners listeners, StopSignal stop) {
        this.stage = stage;
        this.count = images.count();
        this.listeners = listeners;
        this.stop = stop;
        listeners.on(new RunEvent.StageStarted(RunEvent.NO_EPOCH, stage));
        this.watch = StageWatch.start(images.loader());
        this.batches = images.centred(batch);
    }

    /** Whether there is another batch; the one before is then done with. */
    @Override
    public boolean hasNext() {
        stop.check();
        listeners.on(new RunEvent.StageProgressed(RunEvent.NO_EPOCH, stage, done, count));
        return batches.hasNext();
    }

    @Override
    public LoadedBatch next() {
        var batch = batches.next();
        done = batch.nextPosition();
        return batch;
    }

    @Override
    public void close() {
        batches.close();
        listeners.on(watch.finished(RunEvent.NO_EPOCH, stage));
    }
}
