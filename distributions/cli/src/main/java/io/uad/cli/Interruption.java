package io.uad.cli;

import io.uad.runtime.plugin.PluginCalls;
import io.uad.runtime.plugin.PluginCancelled;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets a command that computes end by itself when the process is told to end (Ctrl-C, SIGTERM): the work is asked to stop,
 * finishes the step in hand, writes its checkpoint, and only then the process ends. Ending the JVM while native threads
 * compute would crash it.
 */
final class Interruption {
    /** The exit code of a command that was interrupted and has written down what it had. */
    static final int EXIT_CODE = 130;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Duration patience;
    private final Consumer<String> says;
    private volatile Runnable stop = () -> {};
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean asked;
    private volatile boolean checkpoints;
    private volatile boolean working;
    private volatile int exitCode;

    /** One that nothing triggers. */
    Interruption() {
        this(PATIENCE, System.err::println);
    }

    /**
     * @param patience after which the user is told, again and again, what the work hangs in
     * @param says prints a line
     */
    Interruption(Duration patience, Consumer<String> says) {
        this.patience = patience;
        this.says = says;
    }

    /** One that the end of the process triggers. */
    static Interruption install() {
        var interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::processEnds, "uad-interruption"));
        return interruption;
    }

    /** As {@link #during(Runnable)}, of work that writes checkpoints. */
    Work duringTraining(Runnable stopWork) {
        checkpoints = true;
        return during(stopWork);
    }

    /**
     * Says how the work that begins now is asked to stop.
     *
     * @return to be closed when the work has ended
     */
    Work during(Runnable stopWork) {
        asked = false;
        stop = stopWork;
        working = true;
        return () -> stop = () -> {};
    }

    /**
     * Does work that ends by a {@link CancellationException} when it is asked to stop.
     *
     * @return its result; empty if it was stopped
     * @throws io.uad.api.UadException of kind PLUGIN if a plugin cancelled it and nobody had asked
     */
    <T> Optional<T> during(Runnable stopWork, Supplier<T> work) {
        try (var running = during(stopWork)) {
            return Optional.of(work.get());
        } catch (PluginCancelled e) {
            if (!asked) {
                throw e.unasked();
            }
            return Optional.empty();
        } catch (CancellationException e) {
            return Optional.empty();
        }
    }

    /** Says that the command has ended and printed all it has to say. */
    void ended(int code) {
        exitCode = code;
        ended.countDown();
    }

    /** Asks the work to stop, if there is any. */
    void interrupt() {
        asked = true;
        stop.run();
    }

    /** Work that can be asked to stop. */
    @FunctionalInterface
    interface Work extends AutoCloseable {
        @Override
        void close();
    }

    private void processEnds() {
        if (!working || ended.getCount() == 0) {
            return; // nothing computes
        }
        try {
            stopAndWait();
        } catch (InterruptedException e) {
            return; // the JVM then ends as it would have
        }
        Runtime.getRuntime().halt(exitCode); // an exit code of one's own, which a hook cannot return
    }

    /** Asks the work to stop and waits for {@link #ended}. */
    void stopAndWait() throws InterruptedException {
        says.accept("\nstopping after the step in hand ...");
        interrupt();
        while (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            says.accept("still in the same step" + callsUnderWay() + "; should it hang, end the process with SIGKILL"
                    + (checkpoints ? ": the last checkpoint is safe" : ""));
        }
    }

    private static String callsUnderWay() {
        var called = PluginCalls.underWay().stream()
                .map(component -> component.id() + " of " + component.origin())
                .toList();
        return called.isEmpty() ? "" : ", in a call of " + String.join(" and ", called);
    }
}
