package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.Membership;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.process.Companions;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a run on this machine, of which this one leads: starts the others, watches them, and ends them. When one
 * fails, the work here is stopped at once, and the run's error is what that one said.
 */
final class LocalProcesses implements Companions {
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
    private static final String THREADS = "threads";

    private final Environment environment;
    private final RunConfig config;
    private final Membership membership;
    private final Runnable stop;
    private final boolean verbose;
    private final List<Other> others = new ArrayList<>();
    private final CompletableFuture<UadException> failure = new CompletableFuture<>();
    private @Nullable WorkFolder work;
    private boolean failed;
    private volatile boolean lost;
    private volatile boolean closed;

    /**
     * @param stop ends the work of this process
     * @param verbose whether the others print more detail
     */
    LocalProcesses(Environment environment, RunConfig config, Membership membership, Runnable stop, boolean verbose) {
        this.environment = environment;
        this.config = config.withAbsolutePaths();
        this.membership = membership;
        this.stop = stop;
        this.verbose = verbose;
    }

    /** A port of this machine that nobody listens to at the moment. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "no port of this machine can be had: " + e.getMessage(),
                    "--processes",
                    "a free port on the loopback interface",
                    "Name one by --rendezvous 127.0.0.1:PORT, with --rank and --world",
                    e);
        }
    }

    /** One of the others. */
    private record Other(int rank, OwnProcess program, Process process, File log, Path ready) {}

    @Override
    public Optional<Membership> membership() {
        return Optional.of(membership);
    }

    @Override
    public OptionalInt threads() {
        return OptionalInt.of(Math.max(1, Runtime.getRuntime().availableProcessors() / membership.size()));
    }

    @Override
    public void begin(Supplier<Path> logs) {
        work = WorkFolder.open("processes-");
        var settings = work.path().resolve("config.yaml");
        AtomicFile.write(settings, config.toYaml().getBytes(StandardCharsets.UTF_8));
        var folder = logs.get();
        for (var rank = 1; rank < membership.size(); rank++) {
            others.add(start(rank, settings, folder, work.path().resolve("ready-" + rank)));
        }
        others.forEach(this::watch);
        awaitReady();
    }

    private Other start(int rank, Path settings, Path folder, Path ready) {
        var command = new ArrayList<>(List.of(
                "train",
                "--config",
                settings.toString(),
                "--rendezvous",
                membership.host() + ":" + membership.port(),
                "--rank",
                Integer.toString(rank),
                "--world",
                Integer.toString(membership.size()),
                "--join-timeout",
                Long.toString(membership.joinPatience().toSeconds()),
                "--process-timeout",
                Long.toString(membership.patience().toSeconds()),
                "--started-by-process-0",
                ready.toString()));
        if (config.engine().option(THREADS).equals(Optional.of(OptionalInt.empty()))) {
            command.addAll(
                    List.of("--set", "engine." + THREADS + "=" + threads().getAsInt()));
        }
        if (verbose) {
            command.add("--verbose");
        }
        var program = new OwnProcess(environment, folder, "rank-" + rank + "-");
        var log = folder.resolve("rank-" + rank + ".log").toFile();
        return new Other(rank, program, program.beside(command, log), log, ready);
    }

    private void watch(Other other) {
        var watch = new Thread(() -> awaitEnd(other), "uad-process-" + other.rank());
        watch.setDaemon(true);
        watch.start();
    }

    private void awaitEnd(Other other) {
        try {
            var exitCode = other.process().waitFor();
            if (!closed && !GOOD.contains(exitCode)) {
                lost = true;
                stop.run();
                failure.complete(failure(origin(other)));
            }
        } catch (UadException e) {
            failure.complete(e); // what it said cannot be read
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
        for (var look = 0; look < LOOKS && doubt(origin) > 0; look++) {
            Thread.sleep(LOOK_MILLIS);
            for (var other : others) {
                origin = hasFailed(other) && doubt(other) < doubt(origin) ? other : origin;
            }
        }
        return origin;
    }

    private static boolean hasFailed(Other other) {
        return !other.process().isAlive() && !GOOD.contains(other.process().exitValue());
    }

    /** How likely it is that a process has failed because of another, as a rank. */
    private static int doubt(Other failed) {
        var exitCode = failed.process().exitValue();
        return exitCode == ErrorKind.RESOURCE.exitCode() ? 2 : exitCode == ErrorKind.INTERNAL.exitCode() ? 1 : 0;
    }

    private UadException failure(Other other) {
        var reason =
                other.program().ended(other.process().exitValue(), other.log()).reason();
        return UadException.resource(
                "process " + other.rank() + " of " + membership.size() + " failed: " + reason.replaceAll("\\.+$", ""),
                other.log().toString(),
                "",
                "Mend that and go on with --resume, in as many processes as you like: the last checkpoint, if one was"
                        + " written, is whole");
    }

    private void awaitReady() {
        var until = System.nanoTime() + membership.joinPatience().toNanos();
        while (!others.stream().allMatch(other -> Files.exists(other.ready()))) {
            var known = failure(LOOK_MILLIS);
            if (known != null) {
                throw known;
            }
            if (System.nanoTime() > until) {
                throw UadException.resource(
                        "not all processes are there after "
                                + membership.joinPatience().toSeconds() + " seconds",
                        others.get(0).log().getParent(),
                        membership.size() + " processes that are ready to begin",
                        "See what they say there, or raise --join-timeout");
            }
        }
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
    @Override
    public RuntimeException explained(RuntimeException thrown) {
        failed = true;
        var mayBeTheirs = !(thrown instanceof UadException own) || !OWN.contains(own.kind());
        var known = mayBeTheirs && !others.isEmpty() ? failure(LAST_WORDS.toMillis()) : null;
        if (known == null || known == thrown) {
            return thrown;
        }
        known.addSuppressed(thrown);
        return known;
    }

    @Override
    public void requireWell() {
        if (lost) {
            throw failure.join();
        }
    }

    @Override
    public void close() {
        closed = true;
        var until = System.nanoTime() + (failed ? PARTING_IN_ANGER : PARTING).toNanos();
        for (var other : others) {
            end(other.process(), Math.max(0, until - System.nanoTime()));
        }
        if (work != null) {
            work.close();
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
