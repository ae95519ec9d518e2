package io.uad.standalone;

import io.uad.cli.quickstart.SyntheticImages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small images and settings with which a run takes a second or two. */
final class Images {
    private static final int SIDE = 64;

    private Images() {}

    /** {@code train/} and {@code val/} with ten classes each. */
    static Path write(Path folder, int trainPerClass, int valPerClass) {
        SyntheticImages.write(folder, new SyntheticImages.Settings(SIDE, trainPerClass, valPerClass, 7));
        return folder;
    }

    /** Arguments of a quick training run, with more at its end. */
    static Object[] train(Path images, Path output, Object... more) {
        var arguments = new ArrayList<Object>(List.of(
                "train",
                images,
                "--exp",
                output,
                "--k",
                5,
                "--batch",
                16,
                "--epochs",
                2,
                "--checkpoints",
                1,
                "--set",
                "image.size=63",
                "--set",
                "backbone.width=0.125",
                "--set",
                "backbone.hidden=16",
                "--set",
                "reduction.components=auto",
                "--set",
                "engine.threads=1"));
        arguments.addAll(List.of(more));
        return arguments.toArray();
    }
}
