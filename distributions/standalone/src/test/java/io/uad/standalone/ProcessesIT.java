package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.checkpoint.CheckpointStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training in several processes, by an engine that is a download of its own. */
class ProcessesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path shared;

    private static Path images;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeImages() {
        images = Images.write(shared.resolve("images"), 4, 0).resolve("train");
    }

    /** A run whose clusters no rounding changes. */
    private static Object[] train(Path run, Object... more) throws IOException {
        var arguments = new ArrayList<Object>(List.of(
                "--plugins",
                EngineZip.of("engine-libtorch"),
                "--set",
                "engine.plugin=libtorch",
                "--clustering",
                "Kmeans",
                "--set",
                "reduction.components=4"));
        arguments.addAll(Arrays.asList(more));
        return Images.train(images, run, arguments.toArray());
    }

    @Test
    void twoProcessesTrainWhatOneTrainsAndSayHowManyTheyAre() throws IOException {
        var one = folder.resolve("one");
        var two = folder.resolve("two");
        Uad.run(train(one, "--epochs", 1, "--processes", 1)).exits(0);
        Uad.run(train(two, "--epochs", 1, "--processes", 2)).exits(0).says("2 processes");
        var expected = CheckpointStore.read(one);
        var actual = CheckpointStore.read(two);
        assertArrayEquals(
                Objects.requireNonNull(expected.clusters()).labels(),
                Objects.requireNonNull(actual.clusters()).labels());
        for (var name : expected.weights().names()) {
            if (expected.weights().get(name).values() instanceof float[] weights) {
                // sums over halves of a batch are rounded in another order; weights are of about 0.1 to 1
                assertArrayEquals(weights, actual.weights().get(name).floats(), 1e-4f, name);
            }
        }
        assertTrue(Files.readString(two.resolve("run.json")).contains("\"processes\" : 2"));
        assertTrue(Files.isRegularFile(two.resolve("logs/rank-1.log")));
    }

    @Test
    void aPlanCountsAllProcessesAndNamesTheCommandThatStartsThem() throws IOException {
        var run = folder.resolve("run");
        plan(run, "--processes", 2)
                .exits(0)
                .says("2 on this machine, each with 8 images", "sums of gradients", "The other process")
                .says("its 2 processes", "--processes 2");
        plan(run, "--world", 3)
                .exits(0)
                .says("3 on as many machines", "Each of the 2 other processes")
                .says("--world 3 --rendezvous HOST:PORT --rank 0");
        assertFalse(Files.exists(run));
    }

    private static Uad.Outcome plan(Path run, Object... more) throws IOException {
        var arguments = new ArrayList<>(Arrays.asList(train(run, more)));
        arguments.set(arguments.indexOf("train"), "plan");
        arguments.add("--no-calibration");
        return Uad.run(arguments.toArray());
    }

    @Test
    void theEndOfAProcessEndsTheRunWhichGoesOnWithAnotherNumberOfThem() throws Exception {
        var run = folder.resolve("run");
        var running = Uad.start(train(run, "--epochs", 100, "--processes", 2));
        await(() -> Files.exists(run.resolve("checkpoint.safetensors")), running);
        var other = running.process().descendants().toList();
        assertEquals(1, other.size(), other::toString);
        other.get(0).destroyForcibly();
        var outcome = running.finish().exits(5).says("process 1 of 2 failed", "--resume");
        assertTrue(outcome.error().contains("rank-1.log"), outcome.error());
        assertTrue(Files.readString(run.resolve("run.json")).contains("failed: "));

        var reached = CheckpointStore.read(run).manifest().position().epoch();
        Uad.run(train(run, "--epochs", reached + 2, "--processes", 3, "--resume"))
                .exits(0)
                .says("going on from the checkpoint", "3 processes");
    }

    @Test
    void noProcessOutlivesTheFirstAndOneAloneGoesOn() throws Exception {
        var run = folder.resolve("run");
        var running = Uad.start(train(run, "--epochs", 100, "--processes", 2));
        await(() -> Files.exists(run.resolve("checkpoint.safetensors")), running);
        var other = running.process().descendants().toList();
        running.process().destroyForcibly();
        await(() -> other.stream().noneMatch(ProcessHandle::isAlive), null);
        var reached = CheckpointStore.read(run).manifest().position().epoch();
        Uad.run(train(run, "--epochs", reached + 2, "--resume")).exits(0).says("going on from the checkpoint");
    }

    @Test
    void processesThatAreStartedOneByOneMeetAndNeedNoFolder() throws IOException {
        var run = folder.resolve("run");
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var where = new Object[] {"--epochs", 1, "--rendezvous", "localhost:" + port, "--world", 2, "--rank"};
        var second = Arrays.copyOf(where, where.length + 1);
        second[where.length] = 1;
        var first = Arrays.copyOf(where, where.length + 1);
        first[where.length] = 0;
        var elsewhere = folder.resolve("nowhere");
        var other = Uad.start(train(elsewhere, second));
        Uad.run(train(run, first)).exits(0).says("2 processes");
        other.finish().exits(0).says("process 1 of 2");
        assertFalse(Files.exists(elsewhere));
        assertTrue(Files.exists(run.resolve("checkpoint.safetensors")));
    }

    @Test
    void anEngineThatWorksAloneIsRefusedBeforeAnotherProcessStarts() {
        var run = folder.resolve("run");
        Uad.run(Images.train(images, run, "--processes", 2))
                .exits(2)
                .says("cannot train in several processes", "libtorch");
        assertFalse(Files.exists(run));
        Uad.run(Images.train(images, run, "--processes", 17)).exits(2).says("training.batch 16", "17 processes");
    }

    /** Something that becomes true. */
    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition, Uad.Running running) throws InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertTrue(running == null || running.process().isAlive(), () -> running == null ? "" : running.errors());
            assertTrue(System.nanoTime() < until, () -> running == null ? "still there" : running.errors());
            Thread.sleep(20);
        }
    }
}
