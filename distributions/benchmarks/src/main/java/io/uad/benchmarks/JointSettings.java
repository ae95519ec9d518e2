package io.uad.benchmarks;

import java.util.List;
import picocli.CommandLine.Option;

/** The step that one process or several take together. */
final class JointSettings {
    @Option(names = "--threads", defaultValue = "2", description = "threads of all processes together")
    private int threads;

    @Option(names = "--side", defaultValue = "224", description = "image size in pixels")
    private int side;

    @Option(names = "--batch", defaultValue = "128", description = "images of a step, of all processes together")
    private int batch;

    @Option(names = "--classes", defaultValue = "1000", description = "outputs of the head")
    private int classes;

    @Option(names = "--steps", defaultValue = "5", description = "how many steps a process times")
    private int steps;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "libtorch",
            description = "one that processes can share: libtorch or libtorch-bfloat16")
    private MeasuredEngine engine = MeasuredEngine.LIBTORCH;

    int threads() {
        return threads;
    }

    int side() {
        return side;
    }

    int batch() {
        return batch;
    }

    int classes() {
        return classes;
    }

    int steps() {
        return steps;
    }

    MeasuredEngine engine() {
        return engine;
    }

    /** As they are given to a process. */
    List<String> flags() {
        return List.of(
                "--threads=" + threads,
                "--side=" + side,
                "--batch=" + batch,
                "--classes=" + classes,
                "--steps=" + steps,
                "--engine=" + engine);
    }
}
