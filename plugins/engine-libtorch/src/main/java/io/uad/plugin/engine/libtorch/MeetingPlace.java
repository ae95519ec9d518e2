package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.Membership;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The address at which processes meet. The library waits there for longer than it is told, for ever if what answers says
 * nothing, hears no interrupt, and prints its stack; so it is asked only once somebody answers, and by a thread of its own.
 */
final class MeetingPlace {
    private static final long ATTEMPT_MILLISECONDS = 1000;
    private static final long PAUSE_MILLISECONDS = 100;

    /** What the library has to open a connection, at least. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private final Membership membership;
    private final long deadline;

    /** Begins the time that joining may take. */
    MeetingPlace(Membership membership) {
        this.membership = membership;
        this.deadline = System.nanoTime() + membership.joinPatience().toNanos();
    }

    /**
     * Opens what the library keeps there, or finds there.
     *
     * @param library opens it; called by a thread that ends with the JVM
     * @throws io.uad.api.UadException of kind RESOURCE if the host is unknown, nobody answers in time, or not as process 0 does
     * @throws CancellationException if this thread is interrupted
     */
    <T> T open(Supplier<T> library) {
        var host = host();
        if (membership.rank() > 0) {
            awaitAnswer(host);
        }
        var opened = new CompletableFuture<T>();
        var thread = new Thread(() -> complete(opened, library), "uad-libtorch-meeting");
        thread.setDaemon(true);
        thread.start();
        try {
            var rest = Math.max(LEAST.toNanos(), deadline - System.nanoTime());
            return opened.get(rest, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw GroupFailures.silent(membership, e);
        } catch (ExecutionException e) {
            throw GroupFailures.unreachable(membership, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static <T> void complete(CompletableFuture<T> opened, Supplier<T> library) {
        try {
            opened.complete(library.get());
        } catch (RuntimeException | Error e) {
            opened.completeExceptionally(e);
        }
    }

    private InetAddress host() {
        try {
            return InetAddress.getByName(membership.host());
        } catch (UnknownHostException e) {
            throw GroupFailures.unknownHost(membership, e);
        }
    }

    private void awaitAnswer(InetAddress host) {
        var address = new InetSocketAddress(host, membership.port());
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(address, (int) ATTEMPT_MILLISECONDS);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw GroupFailures.unreachable(membership, e);
                }
                pause(PAUSE_MILLISECONDS);
            }
        }
    }

    /** @throws CancellationException if this thread is interrupted */
    static void pause(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static CancellationException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (CancellationException) new CancellationException("interrupted").initCause(e);
    }
}
