package io.uad.runtime.listener;

import io.uad.api.ErrorKind;
import io.uad.api.Progress;
import io.uad.api.UadException;
import io.uad.runtime.plugin.PluginCancelled;
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
     * @throws UadException of kind PLUGIN if nobody asked, naming the plugin
     */
    public void requireRaised(CancellationException cancelled) {
        if (raised || Thread.currentThread().isInterrupted()) {
            return;
        }
        if (cancelled instanceof PluginCancelled plugins) {
            throw plugins.unasked();
        }
        throw new UadException(
                ErrorKind.INTERNAL,
                "the work was cancelled although nobody asked to stop: " + cancelled.getMessage(),
                "",
                "",
                "Run again with --verbose and report what it prints",
                cancelled);
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
