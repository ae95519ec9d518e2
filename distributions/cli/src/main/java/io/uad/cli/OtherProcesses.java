package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.listener.StopSignal;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The other processes of a run on this machine, once they are started: hears of their ends, and ends them. */
final class OtherProcesses implements AutoCloseable {
    private static final Set<Integer> GOOD = Set.of(0, Interruption.EXIT_CODE);

    /** Kinds of errors that no other process causes. */
    private static final Set<ErrorKind> OWN = Set.of(ErrorKind.CONFIG, ErrorKind.DATA);

    /** A process that fails is heard of through the group before its JVM has ended. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** All have trained the same steps: they end together. */
    private static final Duration PARTING = Duration.ofSeconds(30);

    private static final Duration PARTING_IN_ANGER = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 20;
    private static final int LOOKS = 50;
    private static final String MEND = "Mend that and go on with --resume, in as many processes as you like: the last"
            + " checkpoint, if one was written, is whole";

    private final int size;
    private final Runnable stop;
    private final List<Other> others = new CopyOnWriteArrayList<>();
    private final CompletableFuture<UadException> failure = new CompletableFuture<>();
    private boolean well;
    private volatile boolean lost;
    private volatile boolean closed;

    /**
     * @param size of the group, this process included
     * @param stop ends the work of this process
     */
    OtherProcesses(int size, Runnable stop) {
        this.size = size;
        this.stop = stop;
    }

    /**
     * One of them.
     *
     * @param ready the file that it makes when it is going to join
     */
    record Other(int rank, OwnProcess program, Process process, File log, Path ready) {
        boolean isReady() {
            return Files.exists(ready);
        }

        /** Whether it has ended as a process of a run should, which it cannot before it was ready. */
        boolean isGood() {
            return GOOD.contains(process.exitValue()) && isReady();
        }

        /** Whether it was told to end when it had no work yet that would have stopped in order. */
        boolean wasInterrupted() {
            return OwnProcess.isInterrupted(process.exitValue()) && !isReady();
        }

        boolean hasFailed() {
            return !process.isAlive() && !isGood() && !wasInterrupted();
        }

        /** How likely it is that it has failed because of another, as a rank. */
        int doubt() {
            var exitCode = process.exitValue();
            return exitCode == ErrorKind.RESOURCE.exitCode() ? 2 : exitCode == ErrorKind.INTERNAL.exitCode() ? 1 : 0;
        }
    }

    void add(Other started) {
        others.add(started);
    }

    /** Called when all are added. */
    void watch() {
        for (var other : others) {
            var watch = new Thread(() -> awaitEnd(other), "uad-process-" + other.rank());
            watch.setDaemon(true);
            watch.start();
        }
    }

    private void awaitEnd(Other other) {
        try {
            other.process().waitFor();
            if (closed || other.isGood()) {
                return;
            }
            if (other.hasFailed()) {
                lost = true; // before the stop, of which this is the reason
            }
            stop.run();
            if (other.hasFailed()) {
                failure.complete(failure(origin(other)));
            }
        } catch (UadException e) {
            failure.complete(e); // what it said cannot be read
        } catch (RuntimeException e) {
            failure.complete(unexplained("process " + other.rank() + " of " + size + " failed: " + e, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody waits for the end any more
        }
    }

    /**
     * The process because of which one has failed: those that lose another one fail, too, at almost the same time as that
     * one, most by a resource error, and some in the middle of a call into a library.
     */
    private Other origin(Other first) throws InterruptedException {
        var origin = first;
        for (var look = 0; look < LOOKS && origin.doubt() > 0; look++) {
            Thread.sleep(LOOK_MILLIS);
            for (var other : others) {
                origin = other.hasFailed() && other.doubt() < origin.doubt() ? other : origin;
            }
        }
        return origin;
    }

    private UadException failure(Other other) {
        var reason =
                other.program().ended(other.process().exitValue(), other.log()).reason();
        return new UadException(
                other.process().exitValue() == ErrorKind.DATA.exitCode() ? ErrorKind.DATA : ErrorKind.RESOURCE,
                "process " + other.rank() + " of " + size + " failed: " + reason.replaceAll("\\.+$", ""),
                other.log().toString(),
                "",
                reason.contains("--resume") ? "" : MEND);
    }

    private UadException unexplained(String found, @Nullable Throwable cause) {
        return new UadException(
                ErrorKind.RESOURCE, found, logs(), "", "See what the processes say there. " + MEND, cause);
    }

    private String logs() {
        return others.isEmpty() ? "" : String.valueOf(others.get(0).log().getParent());
    }

    /**
     * Waits until all are going to join.
     *
     * @param patience how long
     * @param stopped of this process
     * @throws UadException of kind RESOURCE if one has failed or they take longer
     * @throws CancellationException if this process or another one was asked to stop
     */
    void awaitReady(Duration patience, StopSignal stopped) {
        var until = System.nanoTime() + patience.toNanos();
        while (!others.stream().allMatch(Other::isReady)) {
            var known = failure(LOOK_MILLIS);
            if (known != null) {
                throw known;
            }
            if (!lost) { // else the reason of the stop is about to be known
                stopped.check();
            }
            if (System.nanoTime() > until) {
                throw UadException.resource(
                        "not all processes are there after " + patience.toSeconds() + " s",
                        logs(),
                        size + " processes that are ready to begin",
                        "See what they say there, or raise --join-timeout");
            }
        }
        well = true;
    }

    /** The failure of another process, waiting for one if need be; null if there is none. */
    private @Nullable UadException failure(long millis) {
        try {
            return failure.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An exchange that fails does so because of another process; what else fails has reasons of its own. */
    RuntimeException explained(RuntimeException thrown) {
        well = false;
        var mayBeTheirs = thrown instanceof UadException own
                ? !OWN.contains(own.kind())
                : !(thrown instanceof CancellationException);
        var known = mayBeTheirs && !others.isEmpty() ? failure(LAST_WORDS.toMillis()) : null;
        if (known == null || known == thrown) {
            return thrown;
        }
        known.addSuppressed(thrown);
        return known;
    }

    /** @throws UadException of kind RESOURCE if one has failed */
    void requireWell() {
        if (lost) {
            var known = failure(LAST_WORDS.toMillis());
            throw known != null ? known : unexplained("another process of the run has failed", null);
        }
    }

    /** Ends those that do not end by themselves. */
    @Override
    public void close() {
        closed = true;
        var until = System.nanoTime() + (well ? PARTING : PARTING_IN_ANGER).toNanos();
        for (var other : others) {
            end(other.process(), Math.max(0, until - System.nanoTime()));
        }
    }

    private static void end(Process process, long nanos) {
        try {
            if (!process.waitFor(nanos, TimeUnit.NANOSECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
