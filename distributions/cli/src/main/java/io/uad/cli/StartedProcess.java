package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.engine.Membership;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.process.Companions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A process of a run that {@link LocalProcesses} has started. It ends with the process that did. */
final class StartedProcess implements Companions {
    /** Exchanges with a process that is gone fail, and with them the work; this is for work that exchanges nothing. */
    private static final Duration LAST_WORK = Duration.ofSeconds(20);

    private final Membership membership;
    private final Path ready;

    /**
     * @param ready a file to make when this process is going to join
     * @param stop ends its work
     */
    StartedProcess(Membership membership, Path ready, Runnable stop) {
        this.membership = membership;
        this.ready = ready;
        var watch = new Thread(() -> endWithProcess0(stop), "uad-process-0");
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public Optional<Membership> membership() {
        return Optional.of(membership);
    }

    @Override
    public void begin(Supplier<Path> logs, StopSignal stopped) {
        try {
            Files.createFile(ready);
        } catch (IOException e) {
            throw AtomicFile.failure(ready, 0, e);
        }
    }

    /** Process 0 holds the other end of the standard input, and says nothing. */
    private static void endWithProcess0(Runnable stop) {
        try {
            while (System.in.read() >= 0) {
                // it says nothing
            }
        } catch (IOException e) {
            // it is gone, too
        }
        stop.run();
        try {
            Thread.sleep(LAST_WORK.toMillis());
        } catch (InterruptedException e) {
            // nobody interrupts this thread
        }
        Runtime.getRuntime().halt(ErrorKind.RESOURCE.exitCode());
    }
}
