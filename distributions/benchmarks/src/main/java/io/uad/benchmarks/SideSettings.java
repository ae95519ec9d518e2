package io.uad.benchmarks;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What both sides are given. */
final class SideSettings {
    @Option(names = "--threads", defaultValue = "2", description = "threads of the libraries")
    private int threads;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "folder for images and matrices that are made for the run; kept if given")
    private Path work = Path.of("");

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "folder of images for decoding and for the epoch; without it 2,000 JPEGs of 500x375 are made")
    private Path images = Path.of("");

    @Option(
            names = "--uad",
            paramLabel = "FILE",
            description = "the launcher of the distribution that is measured; default: the one beside this program")
    private Path uad = Path.of("");

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "djl",
            description = "UAD's engine: ${COMPLETION-CANDIDATES}; the epoch needs it in the launcher's plugin folder")
    private MeasuredEngine engine = MeasuredEngine.DJL;

    SideSettings() {}

    private SideSettings(MeasuredEngine engine, int threads, Path work, Path images, Path uad) {
        this.engine = engine;
        this.threads = threads;
        this.work = work;
        this.images = images;
        this.uad = uad;
    }

    int threads() {
        return threads;
    }

    MeasuredEngine engine() {
        return engine;
    }

    Path work() {
        return work;
    }

    Path images() {
        return images;
    }

    Path uad() {
        return uad;
    }

    boolean hasWork() {
        return !work.toString().isEmpty();
    }

    boolean hasImages() {
        return !images.toString().isEmpty();
    }

    boolean hasUad() {
        return !uad.toString().isEmpty();
    }

    SideSettings with(Path work, Path images, Path uad) {
        return new SideSettings(engine, threads, work, images, uad);
    }

    /** As they are given to a process for one piece. */
    List<String> flags() {
        return List.of(
                "--engine",
                engine.toString(),
                "--threads",
                String.valueOf(threads),
                "--work",
                work.toString(),
                "--images",
                images.toString(),
                "--uad",
                uad.toString());
    }
}
