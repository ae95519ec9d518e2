package io.uad.cli;

import io.uad.runtime.config.ConfigLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of the original pretext scripts, with their meaning, as layers of the configuration. */
final class OriginalFlags {
    private static final Pattern RESNET = Pattern.compile("(?<name>resnet)(?<depth>\\d+)");

    @Option(
            names = {"-a", "--arch"},
            paramLabel = "NAME",
            description = "Backbone: alexnet, vgg16, resnet18, resnet50 or that of a plugin (backbone.plugin, .depth).")
    private @Nullable String arch;

    @Option(
            names = "--sobel",
            negatable = true,
            description = "Put a Sobel filter in front, or with --no-sobel none (backbone.sobel).")
    private @Nullable Boolean sobel;

    @Option(
            names = "--clustering",
            paramLabel = "NAME",
            description = "Clustering: Kmeans, PIC or another installed one (clustering.plugin).")
    private @Nullable String clustering;

    @Option(
            names = {"--nmb_cluster", "--k"},
            paramLabel = "N",
            description = "Number of clusters (clustering.k); ignored by PIC, which finds it itself.")
    private @Nullable Integer clusters;

    @Option(names = "--lr", paramLabel = "RATE", description = "Learning rate (training.learning-rate).")
    private @Nullable Double learningRate;

    @Option(
            names = "--wd",
            paramLabel = "POWER",
            description = "Weight decay as a power of ten: -5 is 0.00001 (training.weight-decay).")
    private @Nullable Double weightDecayPower;

    @Option(
            names = "--reassign",
            paramLabel = "SHARE",
            description = "Images drawn per epoch, as a multiple of all images (sampling.reassign).")
    private @Nullable Double reassign;

    @Option(names = "--workers", paramLabel = "N", description = "Threads that read images (image.workers).")
    private @Nullable Integer workers;

    @Option(names = "--epochs", paramLabel = "N", description = "Rounds of clustering and training (training.epochs).")
    private @Nullable Integer epochs;

    @Option(
            names = "--start_epoch",
            paramLabel = "N",
            description = "Number of the first epoch (training.start-epoch).")
    private @Nullable Integer startEpoch;

    @Option(names = "--batch", paramLabel = "N", description = "Images per step (training.batch).")
    private @Nullable Integer batch;

    @Option(names = "--momentum", paramLabel = "M", description = "Momentum (training.momentum).")
    private @Nullable Double momentum;

    @Option(
            names = "--checkpoints",
            paramLabel = "N",
            description = "Steps between numbered checkpoints (checkpoint.every-iterations).")
    private @Nullable Integer checkpoints;

    @Option(names = "--seed", paramLabel = "N", description = "Start of every random choice (seed).")
    private @Nullable Long seed;

    @Option(names = "--exp", paramLabel = "FOLDER", description = "Folder of the run (output).")
    private @Nullable String output;

    /** The folder that {@code --exp} names, or null. */
    @Nullable
    String output() {
        return output;
    }

    /** One layer per flag that was given. */
    List<ConfigLayer> layers() {
        var layers = new ArrayList<ConfigLayer>();
        addArchitecture(layers);
        add(layers, "--sobel", "backbone.sobel", sobel);
        add(layers, "--clustering", "clustering.plugin", clustering);
        if (clusters != null) {
            layers.add(ConfigLayer.assignmentIfKnown("--k", "clustering.k", clusters.toString()));
        }
        add(layers, "--lr", "training.learning-rate", learningRate);
        add(layers, "--wd", "training.weight-decay", tenTo(weightDecayPower));
        add(layers, "--reassign", "sampling.reassign", reassign);
        if (workers != null) {
            layers.add(workers(workers));
        }
        add(layers, "--epochs", "training.epochs", epochs);
        add(layers, "--start_epoch", "training.start-epoch", startEpoch);
        add(layers, "--batch", "training.batch", batch);
        add(layers, "--momentum", "training.momentum", momentum);
        add(layers, "--checkpoints", "checkpoint.every-iterations", checkpoints);
        add(layers, "--seed", "seed", seed);
        add(layers, "--exp", "output", output);
        return layers;
    }

    /** A ResNet is named with its depth, as everyone does; the others have only their names. */
    private void addArchitecture(List<ConfigLayer> layers) {
        var resnet = RESNET.matcher(arch == null ? "" : arch);
        if (resnet.matches()) {
            add(layers, "--arch", "backbone.plugin", resnet.group("name"));
            add(layers, "--arch", "backbone.depth", resnet.group("depth"));
        } else {
            add(layers, "--arch", "backbone.plugin", arch);
        }
    }

    /** The layer of {@code --workers}; 0 means to the scripts that no further thread reads, so one does. */
    static ConfigLayer workers(int count) {
        return ConfigLayer.assignment("--workers", "image.workers", Integer.toString(count == 0 ? 1 : count));
    }

    /** Ten to that power, as the scripts mean a weight decay. */
    static @Nullable Double tenTo(@Nullable Double power) {
        return power == null ? null : Double.valueOf("1e" + power.intValue()) * Math.pow(10, power - power.intValue());
    }

    private static void add(List<ConfigLayer> layers, String flag, String path, @Nullable Object value) {
        if (value != null) {
            layers.add(ConfigLayer.assignment(flag, path, value.toString()));
        }
    }
}
