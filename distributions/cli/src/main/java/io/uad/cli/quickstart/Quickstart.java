package io.uad.cli.quickstart;

import io.uad.runtime.UadRun;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.evaluation.LabelledData;
import io.uad.runtime.evaluation.LinearProbe;
import io.uad.runtime.evaluation.ProbeSettings;
import io.uad.runtime.inference.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.io.file.PathUtils;

/** Images, a pretext run on them, and two probes: of the trained and of the untrained network. */
public final class Quickstart {
    /** Where both probes look; fixed before the figures of any seed were known. */
    public static final String TAP = "conv4";

    private static final String PRESET = "quickstart";
    private static final int SIDE = 72;
    private static final int TRAIN_PER_CLASS = 100;
    private static final int VAL_PER_CLASS = 50;
    private static final int PROBE_EPOCHS = 20;
    private static final int PROBE_BATCH = 64;

    private final ConfigReader reader;
    private final Path folder;
    private final long seed;
    private final Consumer<String> say;
    private volatile Runnable stop = () -> {};
    private volatile boolean stopped;

    /** @param say takes one sentence per step */
    public Quickstart(ConfigReader reader, Path folder, long seed, Consumer<String> say) {
        this.reader = reader;
        this.folder = folder;
        this.seed = seed;
        this.say = say;
    }

    /**
     * Top-1 accuracies in percent at the last probe epoch.
     *
     * @param top1 of the trained network
     * @param randomTop1 of the untrained one
     * @param seconds for all of it
     */
    public record Result(double top1, double randomTop1, double seconds) {}

    /** Asks it to end after the step in hand; any thread. */
    public void stop() {
        stopped = true;
        stop.run();
    }

    /**
     * Does it all.
     *
     * @return empty if it was stopped
     * @throws io.uad.api.UadException of kind CONFIG if the folder holds something that is no quickstart, RESOURCE if
     *     another quickstart works in it
     */
    public Optional<Result> run() {
        try (var locked = RunFolder.open(folder, RunFolder.Kind.QUICKSTART, RunFolder.Mode.OVERWRITE)) {
            return runLocked();
        }
    }

    private Optional<Result> runLocked() {
        var began = System.nanoTime();
        var images = folder.resolve("images");
        say.accept("1/4 making " + (TRAIN_PER_CLASS + VAL_PER_CLASS) * SyntheticImages.CLASS_NAMES.size() + " images");
        delete(images);
        SyntheticImages.write(images, new SyntheticImages.Settings(SIDE, TRAIN_PER_CLASS, VAL_PER_CLASS, seed));

        say.accept("2/4 learning from " + images.resolve("train") + " without its labels (preset " + PRESET + ")");
        var run = UadRun.of(reader.read(List.of(
                reader.base(Optional.of(PRESET)),
                ConfigLayer.assignment(
                        "quickstart", "dataset.path", images.resolve("train").toString()),
                ConfigLayer.assignment(
                        "quickstart", "output", folder.resolve("run").toString()),
                ConfigLayer.assignment("--seed", "seed", Long.toString(seed)))));
        if (!stoppable(run::stop)
                || run.execute(RunFolder.Mode.OVERWRITE, null, false).interrupted()) {
            return Optional.empty();
        }
        say.accept("3/4 probing what was learned");
        var trained = probe(images, "probe", false);
        if (trained.isEmpty()) {
            return Optional.empty();
        }
        say.accept("4/4 probing the untrained network");
        var random = probe(images, "random", true);
        return random.map(untrained -> new Result(trained.get(), untrained, (System.nanoTime() - began) / 1e9));
    }

    private Optional<Double> probe(Path images, String name, boolean untrained) {
        var settings = new ProbeSettings(
                images,
                List.of(TAP),
                false,
                ProbeSettings.Pooling.AUTO,
                PROBE_EPOCHS,
                PROBE_BATCH,
                0.01,
                0.9,
                1e-4,
                seed,
                folder.resolve(name));
        var quiet = ConfigLayer.assignments("quickstart", List.of("listener=[jsonl]"));
        var model = Model.of(reader, folder.resolve("run"), untrained, LabelledData.train(images), List.of(quiet));
        var probe = LinearProbe.of(reader, model, settings);
        if (!stoppable(probe::stop)) {
            return Optional.empty();
        }
        var result = probe.execute(true);
        if (result.interrupted()) {
            return Optional.empty();
        }
        var tap = result.taps().get(0);
        say.accept(String.format(Locale.ROOT, "    %s: top-1 %.1f %%, top-5 %.1f %%", TAP, tap.top1(), tap.top5()));
        return Optional.of(tap.top1());
    }

    /** Remembers how the work that begins now is stopped; false if that was asked for already. */
    private boolean stoppable(Runnable stopWork) {
        stop = stopWork;
        return !stopped;
    }

    /** Deletes the images of an earlier quickstart. */
    private static void delete(Path images) {
        if (!Files.isDirectory(images)) {
            return;
        }
        try {
            PathUtils.deleteDirectory(images);
        } catch (IOException e) {
            throw AtomicFile.failure(images, 0, e);
        }
    }
}
