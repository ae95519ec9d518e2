package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says what a run then takes, and refuses what it would refuse, by the same words. */
class PlanIT {
    private static final String QUICK = "--no-calibration";

    @TempDir
    static Path shared;

    private static Path images;
    private static Path trained;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainOnce() {
        images = Images.write(shared.resolve("images"), 6, 1).resolve("train");
        trained = shared.resolve("trained");
        train(trained).exits(0);
    }

    @Test
    void theCheckpointHasTheSizeThatWasPlanned() throws IOException {
        var run = folder.resolve("run");
        var planned = plan(run, QUICK, "--json").exits(0);
        assertFalse(Files.exists(run), "a plan writes nothing");
        var bytes = Pattern.compile("\"checkpointBytes\" : (\\d+)").matcher(planned.out());
        assertTrue(bytes.find(), planned.out());
        assertEquals(Files.size(trained.resolve("checkpoint.safetensors")), Long.parseLong(bytes.group(1)));
    }

    @Test
    void aPlanShowsSizesTimesWarningsAndTheNextCommand() throws IOException {
        var planned = plan(folder.resolve("run"))
                .exits(0)
                .says("60 samples in 10 classes", "5, 12 samples each", "2 epochs of 4 steps, batches of 16")
                .says("Java's heap", "weights and momentum, read", "checkpoints", "Time, estimated")
                .says("first epoch", "features", "training", "Warnings", "fewer than 39", "What to do")
                .says("measuring for some seconds");
        assertTrue(planned.out().contains("To run it: uad train " + images), planned.out());
        assertFalse(planned.out().contains("measuring"), "what is being done is no result");
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void moreClustersThanImages() {
        refused(2, "--k", 61);
    }

    @Test
    void imagesTooSmallForTheNetwork() {
        refused(2, "--set", "image.size=8");
    }

    @Test
    void anUnknownKey() {
        refused(2, "--set", "training.epocs=3");
    }

    @Test
    void aDeviceThatIsNotThere() {
        refused(5, "--set", "engine.device=gpu:7");
    }

    @Test
    void anEngineThatWorksAlone() {
        refused(2, "--processes", 2);
    }

    @Test
    void moreProcessesThanImagesInAStep() {
        refused(2, "--processes", 17);
    }

    @Test
    void theFolderOfAnotherRun() throws IOException {
        same(2, trained);
        plan(trained, QUICK, "--overwrite").exits(0);
        assertTrue(Files.exists(trained.resolve("checkpoint.safetensors")));
    }

    @Test
    void aFolderThatCannotBeMade() throws IOException {
        same(5, Files.writeString(folder.resolve("file"), "in the way").resolve("run"));
    }

    /** AlexNet's 21 million weights for such images and their momentum are 164 MiB when a checkpoint is written. */
    @Test
    void aHeapThatIsTooSmall() {
        var run = folder.resolve("run");
        var large = new Object[] {"--set", "backbone.width=1", "--set", "backbone.hidden=4096"};
        var outcomes = new ArrayList<Uad.Outcome>();
        for (var arguments : List.of(plan(images, run, large), Images.train(images, run, large))) {
            outcomes.add(Uad.runWith("UAD_OPTS=-Xmx128m " + Uad.COMPILER, arguments)
                    .exits(5)
                    .says("Java's heap", "weights and momentum, read", "UAD_OPTS=-Xmx"));
        }
        assertEquals(words(outcomes.get(1)), words(outcomes.get(0)));
        assertFalse(Files.exists(run), "the folder of a run that never began");
    }

    private void refused(int exitCode, Object... more) {
        var run = folder.resolve("run");
        same(exitCode, run, more);
        assertFalse(Files.exists(run), "the folder of a run that never began");
    }

    private static void same(int exitCode, Path run, Object... more) {
        var planned = Uad.run(plan(images, run, more)).exits(exitCode);
        assertEquals(words(train(run, more).exits(exitCode)), words(planned));
    }

    /** The error without what changes by itself. */
    private static String words(Uad.Outcome outcome) {
        return outcome.error().replaceAll("\\d+ bytes free", "N bytes free");
    }

    private static Uad.Outcome train(Path run, Object... more) {
        return Uad.run(Images.train(images, run, more));
    }

    private static Uad.Outcome plan(Path run, Object... more) {
        return Uad.run(plan(images, run, more));
    }

    /** The arguments of a training for the other command. */
    private static Object[] plan(Path images, Path run, Object... more) {
        var arguments = new ArrayList<>(Arrays.asList(Images.train(images, run, more)));
        arguments.set(0, "plan");
        return arguments.toArray();
    }
}
