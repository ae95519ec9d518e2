package io.uad.runtime.listener;

import io.uad.api.ErrorKind;
import io.uad.api.Progress;
import io.uad.api.UadException;
import java.util.concurrent.CancellationException;

/** Tells work to end soon: after the step in hand. Set by another thread, such as a signal handler. */
public final class StopSignal {
    private volatile boolean raised;

    /** Asks the work to stop. */
    public void raise() {
        raised = true;
    }

    public boolean isRaised() {
        return raised;
    }

    /**
     * Accepts a cancellation that this signal asked for. A plugin may end its work like that for reasons of its own; only
     * our asking ends a run in peace.
     *
     * @throws UadException of kind PLUGIN if nobody asked
     */
    public void requireRaised(CancellationException cancelled) {
        if (!raised && !Thread.currentThread().isInterrupted()) {
            throw new UadException(
                    ErrorKind.PLUGIN,
                    "a stage was cancelled: " + cancelled.getMessage(),
                    "",
                    "",
                    "Report this to its author",
                    cancelled);
        }
    }

    /** @throws CancellationException once the signal is raised */
    public void check() {
        if (raised) {
            throw new CancellationException("the work was asked to stop");
        }
    }

    /** A progress that passes on, and ends the work by a {@link CancellationException} once the signal is raised. */
    public Progress guarding(Progress progress) {
        return (done, total) -> {
            check();
            progress.update(done, total);
        };
    }
}
