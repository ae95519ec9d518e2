package io.uad.runtime.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.Membership;
import io.uad.api.listener.RunEvent;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.CheckpointManifest;
import io.uad.runtime.checkpoint.CheckpointStore;
import io.uad.runtime.checkpoint.Provenance;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.ImageSettings;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.process.Companions;
import io.uad.runtime.process.GroupOfThreads;
import io.uad.runtime.process.GroupOfThreads.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, with threads as processes. */
class TogetherTest {
    /** Changes nothing. */
    private static void asItIs(int rank, ToyRun run) {}

    @TempDir
    Path folder;

    private Path output(String name) {
        return folder.resolve(name);
    }

    /** Trains alone. */
    private Checkpoint alone(String name, int epochs, RunFolder.Mode mode, BiConsumer<Integer, ToyRun> change) {
        var run = new ToyRun(output(name));
        change.accept(0, run);
        new PretextRun(run.prepared(epochs)).execute(mode, null, false);
        return checkpoint(name);
    }

    private Checkpoint checkpoint(String name) {
        return CheckpointStore.read(output(name));
    }

    /** Trains in threads; those that do not lead name a folder that cannot be. */
    private List<Outcome<PretextRun.Outcome>> together(
            int size, String name, int epochs, RunFolder.Mode mode, BiConsumer<Integer, ToyRun> change) {
        return together(size, name, epochs, mode, change, (rank, run) -> {});
    }

    private List<Outcome<PretextRun.Outcome>> together(
            int size,
            String name,
            int epochs,
            RunFolder.Mode mode,
            BiConsumer<Integer, ToyRun> change,
            BiConsumer<Integer, PretextRun> prepare) {
        var port = ToyEngine.register(new GroupOfThreads(size));
        return GroupOfThreads.outcomes(size, rank -> {
            var toy = new ToyRun(rank == 0 ? output(name) : Path.of("/nowhere/to/be/written"));
            change.accept(rank, toy);
            var run = new PretextRun(toy.prepared(epochs));
            run.together(
                    Companions.elsewhere(new Membership("localhost", port, rank, size, Duration.ofSeconds(30), true)));
            prepare.accept(rank, run);
            return run.execute(mode, null, false);
        });
    }

    private static void assertGood(List<Outcome<PretextRun.Outcome>> outcomes) {
        outcomes.forEach(Outcome::value);
    }

    /** Sums are rounded in another order: the weights, of about 0.1 to 1, may differ by some units in the last place. */
    private static void assertClose(Checkpoint expected, Checkpoint actual) {
        assertEquals(expected.manifest().position(), actual.manifest().position());
        assertArrayEquals(
                Objects.requireNonNull(expected.clusters()).labels(),
                Objects.requireNonNull(actual.clusters()).labels());
        assertArrayEquals(
                Objects.requireNonNull(expected.clusters()).order(),
                Objects.requireNonNull(actual.clusters()).order());
        assertEquals(expected.weights().names(), actual.weights().names());
        for (var name : expected.weights().names()) {
            assertArrayEquals(
                    expected.weights().get(name).floats(),
                    actual.weights().get(name).floats(),
                    1e-5f,
                    name);
        }
    }

    @Test
    void severalProcessesTrainWhatOneTrains() {
        var expected = alone("alone", 3, RunFolder.Mode.FRESH, TogetherTest::asItIs);
        for (var size : new int[] {2, 3, 8}) { // of 8, the last step of 5 samples is everybody's
            var outcomes = together(size, "with-" + size, 3, RunFolder.Mode.FRESH, TogetherTest::asItIs);
            assertGood(outcomes);
            assertClose(expected, checkpoint("with-" + size));
            var first = outcomes.get(0).value();
            for (var outcome : outcomes) {
                assertEquals(first.metrics(), outcome.value().metrics());
                assertEquals(3, outcome.value().epochs());
            }
            assertEquals(
                    size,
                    Provenance.read(output("with-" + size).resolve("run.json"))
                            .orElseThrow()
                            .sessions()
                            .get(0)
                            .processes());
        }
    }

    @Test
    void accuracyCountsEachSampleOnceAlsoWhereAStepIsEverybodys() {
        var alone = new PretextRun(new ToyRun(output("one")).prepared(1));
        var expected = alone.execute(RunFolder.Mode.FRESH, null, false).metrics();
        var actual = together(8, "eight", 1, RunFolder.Mode.FRESH, TogetherTest::asItIs)
                .get(0)
                .value()
                .metrics();
        assertEquals(expected.get("accuracy"), actual.get("accuracy"));
        assertEquals(expected.getOrDefault("loss", 0.0), actual.getOrDefault("loss", 1.0), 1e-6);
    }

    @Test
    void imagesThatOneProcessCannotReadAreLeftOutByAll() {
        BiConsumer<Integer, ToyRun> broken = (rank, run) -> run.broken = Set.of(3, 20, 52);
        var expected = alone("alone", 2, RunFolder.Mode.FRESH, broken);
        assertGood(together(3, "with", 2, RunFolder.Mode.FRESH, broken));
        var actual = checkpoint("with");
        assertEquals(
                expected.manifest().dataset().badImages(),
                actual.manifest().dataset().badImages());
        assertClose(expected, actual);
    }

    @Test
    void aRunGoesOnWithAnotherNumberOfProcesses() {
        var expected = alone("alone", 4, RunFolder.Mode.FRESH, TogetherTest::asItIs);
        assertGood(together(3, "run", 1, RunFolder.Mode.FRESH, TogetherTest::asItIs));
        assertGood(together(2, "run", 2, RunFolder.Mode.RESUME, TogetherTest::asItIs));
        alone("run", 3, RunFolder.Mode.RESUME, TogetherTest::asItIs);
        assertGood(together(4, "run", 4, RunFolder.Mode.RESUME, TogetherTest::asItIs));
        assertClose(expected, checkpoint("run"));
    }

    @Test
    void askingOneProcessToStopStopsAllInTheSameStepAndTheRunGoesOnFromThere() {
        var expected = alone("alone", 3, RunFolder.Mode.FRESH, TogetherTest::asItIs);
        for (var asked = 0; asked < 2; asked++) {
            var name = "stopped-" + asked;
            var who = asked;
            var runs = new ConcurrentHashMap<Integer, PretextRun>();
            var outcomes = together(2, name, 3, RunFolder.Mode.FRESH, TogetherTest::asItIs, (rank, run) -> {
                runs.put(rank, run);
                if (rank == 0) {
                    run.listen(event -> {
                        if (event instanceof RunEvent.StepFinished step && step.epoch() == 1 && step.step() == 2) {
                            stop(runs, who);
                        }
                    });
                }
            });
            assertGood(outcomes);
            outcomes.forEach(outcome -> assertTrue(outcome.value().interrupted()));
            assertTrue(checkpoint(name).manifest().position().iteration() < 21, "it is in the second of 3 epochs");
            assertGood(together(3, name, 3, RunFolder.Mode.RESUME, TogetherTest::asItIs));
            assertClose(expected, checkpoint(name));
        }
    }

    private static void stop(Map<Integer, PretextRun> runs, int rank) {
        Objects.requireNonNull(runs.get(rank)).stop();
    }

    @Test
    void askingForAStopWhileFeaturesAreComputedOrClusteredStopsAll() {
        for (var stage : List.of("features", "clustering")) {
            var runs = new ConcurrentHashMap<Integer, PretextRun>();
            var outcomes = together(
                    2,
                    stage,
                    2,
                    RunFolder.Mode.FRESH,
                    (rank, run) -> {
                        run.clustering = () -> {
                            if (stage.equals("clustering")) {
                                stop(runs, 0);
                            }
                        };
                        run.reading = sample -> {
                            if (stage.equals("features") && rank == 1) {
                                stop(runs, 1);
                            }
                        };
                    },
                    (rank, run) -> runs.put(rank, run));
            assertGood(outcomes);
            outcomes.forEach(outcome -> {
                assertTrue(outcome.value().interrupted());
                assertEquals(0, outcome.value().epochs());
            });
        }
    }

    @Test
    void aProcessThatFailsInAnyStageEndsTheOthersAndTheLastCheckpointIsWhole() {
        var expected = alone("alone", 3, RunFolder.Mode.FRESH, TogetherTest::asItIs);
        for (var failing = 0; failing < 2; failing++) {
            for (var read = 10; read < 140; read += 22) { // of about 150: in features and in training of each epoch
                var name = "failing-" + failing + "-" + read;
                var who = failing;
                var limit = read;
                var outcomes = together(2, name, 3, RunFolder.Mode.FRESH, (rank, run) -> {
                    var reads = new AtomicInteger();
                    run.reading = sample -> {
                        if (rank == who && reads.incrementAndGet() > limit) {
                            throw new IllegalStateException("the disk is on fire");
                        }
                    };
                });
                assertTrue(
                        String.valueOf(outcomes.get(failing).failure()).contains("the disk is on fire"),
                        () -> String.valueOf(outcomes.get(who).failure()));
                var other = assertInstanceOf(
                        UadException.class, outcomes.get(1 - failing).failure());
                assertEquals(ErrorKind.RESOURCE, other.kind());
                assertGood(together(2, name, 3, RunFolder.Mode.RESUME, TogetherTest::asItIs));
                assertClose(expected, checkpoint(name));
            }
        }
    }

    @Test
    void aProcessThatWantsSomethingElseIsNamedInEveryProcess() {
        assertRefused(
                ErrorKind.CONFIG,
                (rank, run) -> run.settings = rank == 2 ? "momentum: 0.5" : "",
                "process 2 has 0.5 for training.momentum, process 0 has 0.9");
        assertRefused(
                ErrorKind.DATA,
                (rank, run) -> run.fingerprint = rank == 1 ? "others" : "toys",
                "process 1 has other files in its dataset than process 0");
    }

    private void assertRefused(ErrorKind kind, BiConsumer<Integer, ToyRun> change, String words) {
        for (var outcome : together(3, "refused", 1, RunFolder.Mode.FRESH, change)) {
            var failure = assertInstanceOf(UadException.class, outcome.failure());
            assertEquals(kind, failure.kind());
            assertTrue(String.valueOf(failure.getMessage()).contains(words), failure::getMessage);
        }
        assertFalse(Files.exists(output("refused")));
    }

    @Test
    void anImageThatCannotBeReadAnyMoreInTrainingStopsTheRunAndIsNamed() {
        var outcomes = together(2, "lost", 2, RunFolder.Mode.FRESH, (rank, run) -> {
            var training = new AtomicInteger();
            run.clustering = training::incrementAndGet;
            run.reading = sample -> {
                if (rank == 0 && training.get() > 0) {
                    run.broken = Set.of(7);
                }
            };
        });
        var failure = assertInstanceOf(UadException.class, outcomes.get(0).failure());
        assertEquals(ErrorKind.DATA, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("toy-7"), failure::getMessage);
        assertInstanceOf(UadException.class, outcomes.get(1).failure());
    }

    @Test
    void moreProcessesThanSamplesOfAStepOrAnEngineThatWorksAloneIsRefused() throws IOException {
        for (var outcome : together(9, "many", 1, RunFolder.Mode.FRESH, TogetherTest::asItIs)) {
            var failure = assertInstanceOf(UadException.class, outcome.failure());
            assertEquals(ErrorKind.CONFIG, failure.kind());
            assertTrue(String.valueOf(failure.getMessage()).contains("training.batch 8"), failure::getMessage);
        }
        var begun = new AtomicInteger();
        var toy = new ToyRun(output("lone"));
        toy.engine = "lone";
        var run = new PretextRun(toy.prepared(1));
        run.together(new Companions() {
            @Override
            public Optional<Membership> membership() {
                return Optional.of(new Membership("localhost", 1, 0, 2, Duration.ofSeconds(1), true));
            }

            @Override
            public void begin(Supplier<Path> logs, StopSignal stopped) {
                begun.incrementAndGet();
            }
        });
        var failure = assertInstanceOf(UadException.class, assertFails(run));
        assertEquals(ErrorKind.CONFIG, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("libtorch"), failure::getMessage);
        assertEquals(0, begun.get());
    }

    @Test
    void aProcessThatDoesNotLeadChecksItselfBeforeItMeetsTheOthers() {
        assertTrue(refusedAsSecond(9, "toy").contains("training.batch 8 is less than the 9 processes"));
        assertTrue(refusedAsSecond(2, "tiny").contains("at most the 0 MiB"), "its GPU has one byte");
        assertTrue(refusedAsSecond(2, "lone").contains("cannot train in several processes"));
    }

    private static String refusedAsSecond(int size, String engine) {
        var toy = new ToyRun(Path.of("/nowhere/to/be/written"));
        toy.engine = engine;
        var run = new PretextRun(toy.prepared(1));
        run.together(new Companions() {
            @Override
            public Optional<Membership> membership() {
                return Optional.of(new Membership("localhost", 1, 1, size, Duration.ofSeconds(1), true));
            }

            @Override
            public void begin(Supplier<Path> logs, StopSignal stopped) {
                throw new AssertionError("it meets the others");
            }
        });
        return String.valueOf(assertFails(run).getMessage());
    }

    @Test
    void aProcessThatIsStoppedWhileItWaitsForTheOthersEndsAsInterrupted() {
        for (var rank = 0; rank < 2; rank++) {
            var toy = new ToyRun(rank == 0 ? output("waits") : Path.of("/nowhere/to/be/written"));
            var run = new PretextRun(toy.prepared(2));
            var nobodys = new Membership("localhost", 60_000, rank, 2, Duration.ofSeconds(20), true);
            run.together(Companions.elsewhere(nobodys));
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(run::stop);
            assertTrue(run.execute(RunFolder.Mode.FRESH, null, false).interrupted());
            assertFalse(Thread.interrupted());
        }
    }

    @Test
    void aRunThatIsStoppedWhileTheOthersStartEndsAsInterruptedAndGoesOn() {
        var toy = new ToyRun(output("early"));
        var run = new PretextRun(toy.prepared(2));
        run.together(new Companions() {
            @Override
            public Optional<Membership> membership() {
                return Optional.of(new Membership("localhost", 1, 0, 2, Duration.ofSeconds(1), true));
            }

            @Override
            public void begin(Supplier<Path> logs, StopSignal stopped) {
                run.stop();
                stopped.check();
            }

            @Override
            public RuntimeException explained(RuntimeException failure) {
                throw new AssertionError("nothing has failed", failure);
            }
        });
        var outcome = run.execute(RunFolder.Mode.FRESH, null, false);
        assertTrue(outcome.interrupted());
        assertEquals(0, outcome.epochs());
        assertGood(together(2, "early", 2, RunFolder.Mode.RESUME, TogetherTest::asItIs));
    }

    @Test
    void theThreadsOfSeveralProcessesBindNoLaterSessionUnlessTheyWereChosen() {
        assertGood(together(2, "auto", 1, RunFolder.Mode.FRESH, TogetherTest::asItIs));
        assertEquals(
                CheckpointManifest.ANY_THREADS, checkpoint("auto").manifest().engineThreads());
        alone("auto", 2, RunFolder.Mode.RESUME, TogetherTest::asItIs);
        assertEquals(ToyEngine.CORES, checkpoint("auto").manifest().engineThreads());
        alone("auto", 3, RunFolder.Mode.RESUME, (rank, run) -> run.threads = "8");

        assertGood(together(2, "chosen", 1, RunFolder.Mode.FRESH, (rank, run) -> run.threads = "3"));
        var failure = assertThrows(
                UadException.class, () -> alone("chosen", 2, RunFolder.Mode.RESUME, (rank, run) -> run.threads = "8"));
        assertTrue(String.valueOf(failure.getMessage()).contains("engine.threads was 3 and is now 8"));
        alone("chosen", 2, RunFolder.Mode.RESUME, TogetherTest::asItIs);
        assertEquals(3, checkpoint("chosen").manifest().engineThreads());
    }

    @Test
    void aProcessReadsImagesWithItsPartOfTheCoresWhereNobodyChoseANumber() {
        var open = new ToyRun(output("open"));
        open.workers = "auto";
        assertEquals(OptionalInt.of(3), reading(open).workers());
        assertEquals(OptionalInt.of(2), reading(new ToyRun(output("chosen"))).workers());
    }

    /** Of a process that has three cores. */
    private static ImageSettings reading(ToyRun run) {
        var prepared = run.prepared(1);
        var companions = new Companions() {
            @Override
            public Optional<Membership> membership() {
                return Optional.empty();
            }

            @Override
            public OptionalInt threads() {
                return OptionalInt.of(3);
            }
        };
        return new Together(prepared.config(), prepared.components().dataset(), companions, new StopSignal())
                .reading()
                .image();
    }

    @Test
    void pseudoLabelsAreKeptAndCheckpointsNumberedAsInOneProcess() throws IOException {
        BiConsumer<Integer, ToyRun> change = (rank, run) -> {
            run.settings = "recluster-churn: 1, recluster-every: 3";
            run.checkpoint = "every-iterations: 5, keep: 9";
        };
        alone("alone", 4, RunFolder.Mode.FRESH, change);
        var skipped = new AtomicInteger();
        assertGood(together(3, "with", 4, RunFolder.Mode.FRESH, change, (rank, run) -> {
            if (rank == 0) {
                run.listen(event -> skipped.addAndGet(event instanceof RunEvent.StageSkipped ? 1 : 0));
            }
        }));
        assertEquals(2, skipped.get()); // the second clustering says how many moved; two epochs keep it
        var expected = numbered("alone");
        var actual = numbered("with");
        assertEquals(5, expected.size()); // of 28 iterations
        assertEquals(expected.size(), actual.size());
        for (var i = 0; i < expected.size(); i++) {
            assertClose(CheckpointStore.read(expected.get(i)), CheckpointStore.read(actual.get(i)));
        }
        assertClose(checkpoint("alone"), checkpoint("with"));
    }

    private List<Path> numbered(String name) throws IOException {
        try (var files = Files.list(output(name).resolve("checkpoints"))) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aFailureIsExplainedOnceAndRecordedAsItWasExplained() throws IOException {
        var toy = new ToyRun(output("failing"));
        var reads = new AtomicInteger();
        toy.reading = sample -> {
            if (reads.incrementAndGet() > 20) {
                throw new IllegalStateException("the disk is on fire");
            }
        };
        var explained = new AtomicInteger();
        var run = new PretextRun(toy.prepared(1));
        run.together(new Companions() {
            @Override
            public Optional<Membership> membership() {
                return Optional.empty();
            }

            @Override
            public RuntimeException explained(RuntimeException failure) {
                explained.incrementAndGet();
                return UadException.resource("process 1 has ended", "", "", "");
            }
        });
        assertTrue(String.valueOf(assertFails(run).getMessage()).contains("process 1 has ended"));
        assertEquals(1, explained.get());
        assertTrue(Files.readString(output("failing").resolve("run.json")).contains("failed: process 1 has ended"));
    }

    @Test
    void whoseStatisticsAProcessTakesMattersBetweenSessionsOfSeveralOnly() {
        BiConsumer<Integer, ToyRun> own = (rank, run) -> run.settings = "joint-statistics: false";
        assertGood(together(2, "run", 1, RunFolder.Mode.FRESH, TogetherTest::asItIs));
        var toy = new ToyRun(output("run"));
        own.accept(0, toy);
        var run = new PretextRun(toy.prepared(2));
        run.together(Companions.elsewhere(new Membership("localhost", 1, 0, 2, Duration.ofSeconds(30), true)));
        var refused = assertThrows(UadException.class, () -> run.execute(RunFolder.Mode.RESUME, null, false));
        assertTrue(String.valueOf(refused.getMessage()).contains("training.joint-statistics"), refused::getMessage);
        alone("run", 2, RunFolder.Mode.RESUME, own);
        assertGood(together(2, "run", 3, RunFolder.Mode.RESUME, TogetherTest::asItIs));
    }

    private static Throwable assertFails(PretextRun run) {
        return assertThrows(UadException.class, () -> run.execute(RunFolder.Mode.FRESH, null, false));
    }
}
