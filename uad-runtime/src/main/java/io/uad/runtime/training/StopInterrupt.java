package io.uad.runtime.training;

import io.uad.runtime.listener.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it once the work is asked to stop: it waits in a library, which hears of nothing else. */
final class StopInterrupt implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;

    private final Thread waiting = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final StopSignal stop;
    private final Thread watch = new Thread(this::watch, "uad-stop-interrupt");
    private volatile boolean interrupted;

    StopInterrupt(StopSignal stop) {
        this.stop = stop;
        watch.setDaemon(true);
        watch.start();
    }

    private void watch() {
        try {
            while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stop.isRaised()) {
                    interrupted = true;
                    waiting.interrupt();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody needs the watch any more
        }
    }

    /** What is closed afterwards is not to be disturbed by an interrupt that came from here. */
    @Override
    public void close() {
        over.countDown();
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // its own, which is taken back now, or another's
        }
        if (interrupted) {
            Thread.interrupted();
        }
    }
}
