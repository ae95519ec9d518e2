package io.uad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.listener.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OtherProcessesTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final StopSignal stop = new StopSignal();

    /** One whose end the test chooses. */
    private static final class Scripted extends Process {
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile int exitCode;

        void ends(int code) {
            exitCode = code;
            end.countDown();
        }

        @Override
        public int waitFor() throws InterruptedException {
            end.await();
            return exitCode;
        }

        @Override
        public int exitValue() {
            if (end.getCount() > 0) {
                throw new IllegalThreadStateException("it runs");
            }
            return exitCode;
        }

        @Override
        public void destroy() {
            ends(137);
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }
    }

    private OtherProcesses.Other other(int rank, Process process, String log) throws IOException {
        var said = Files.writeString(folder.resolve("rank-" + rank + ".log"), log);
        var program = new OwnProcess(Cli.environment(), folder, "rank-" + rank + "-", List.of(), Map.of());
        return new OtherProcesses.Other(rank, program, process, said.toFile(), folder.resolve("ready-" + rank));
    }

    private OtherProcesses watched(OtherProcesses.Other... started) {
        var others = new OtherProcesses(started.length + 1, stop::raise);
        for (var other : started) {
            others.add(other);
        }
        others.watch();
        return others;
    }

    @Test
    void aStopEndsTheWaitingForTheOthers() throws IOException {
        try (var others = watched(other(1, new Scripted(), ""))) {
            stop.raise();
            assertThrows(CancellationException.class, () -> others.awaitReady(LONG, stop));
        }
    }

    @Test
    void aProcessThatIsInterruptedBeforeItIsReadyEndsTheWaitingInPeace() throws IOException {
        for (var code : new int[] {130, 143}) {
            var process = new Scripted();
            process.ends(code);
            try (var others = watched(other(1, process, ""))) {
                assertThrows(CancellationException.class, () -> others.awaitReady(LONG, stop));
                others.requireWell();
            }
        }
    }

    @Test
    void aProcessThatEndsWellBeforeItIsReadyHasFailed() throws IOException {
        var process = new Scripted();
        process.ends(0);
        try (var others = watched(other(1, process, ""))) {
            var failure = assertThrows(UadException.class, () -> others.awaitReady(LONG, stop));
            assertEquals(ErrorKind.RESOURCE, failure.kind());
            assertTrue(message(failure).contains("process 1 of 2 failed: its JVM ended with code 0"), message(failure));
            assertTrue(stop.isRaised());
        }
    }

    private static String message(Exception failure) {
        return String.valueOf(failure.getMessage());
    }

    @Test
    void aProcessThatEndsWellWhenItWasReadyIsNoFailure() throws IOException, InterruptedException {
        var process = new Scripted();
        var other = other(1, process, "");
        Files.createFile(other.ready());
        try (var others = watched(other)) {
            others.awaitReady(LONG, stop);
            process.ends(0);
            process.waitFor();
            others.requireWell();
        }
    }

    @Test
    void theReasonOfAFailureIsReadThroughBytesThatAreNoText() throws IOException {
        var process = new Scripted();
        var other = other(1, process, "");
        Files.write(other.log().toPath(), "\u00fc\nuad: the disk is full.\n".getBytes(StandardCharsets.ISO_8859_1));
        process.ends(5);
        try (var others = watched(other)) {
            var failure = assertThrows(UadException.class, () -> others.awaitReady(LONG, stop));
            assertTrue(message(failure).contains("failed: the disk is full."), message(failure));
        }
    }

    @Test
    void aCrashReportThatEndsEarlyHidesNothing() throws IOException {
        Files.writeString(folder.resolve("rank-1-crash.log"), "# Problematic frame:\n\n");
        var process = new Scripted();
        process.ends(134);
        try (var others = watched(other(1, process, ""))) {
            var failure = assertThrows(UadException.class, () -> others.awaitReady(LONG, stop));
            assertTrue(message(failure).contains("ended with code 134"), message(failure));
        }
    }

    @Test
    void whatIsThrownWhileAFailureIsLookedIntoIsToldAndNotWaitedForForEver() throws IOException {
        var process = new Scripted();
        var other = other(1, process, "");
        Files.createFile(other.ready());
        var others = new OtherProcesses(2, () -> {
            throw new IllegalStateException("no such run");
        });
        others.add(other);
        others.watch();
        others.awaitReady(LONG, stop);
        process.ends(5);
        var failure = awaitFailure(others);
        assertEquals(ErrorKind.RESOURCE, failure.kind());
        assertTrue(message(failure).contains("no such run"), message(failure));
        others.close();
    }

    private static UadException awaitFailure(OtherProcesses others) {
        while (true) {
            try {
                others.requireWell();
                Thread.onSpinWait();
            } catch (UadException e) {
                return e;
            }
        }
    }

    @Test
    void anErrorOfItsOwnOrAnInterruptionIsNotSoughtAmongTheOthers() throws IOException {
        try (var others = watched(other(1, new Scripted(), ""))) {
            var began = System.nanoTime();
            for (var own : new RuntimeException[] {
                UadException.data("broken", "image", "", ""), new CancellationException("stopped")
            }) {
                assertSame(own, others.explained(own));
            }
            assertTrue(System.nanoTime() - began < Duration.ofSeconds(4).toNanos(), "it waited for last words");
        }
    }
}
