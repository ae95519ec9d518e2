package io.uad.runtime.config;

import io.uad.api.Option;
import java.util.OptionalDouble;

/** {@code training: {epochs: 200, batch: 256}}: how the network learns from its pseudo-labels. */
public record TrainingSettings(
        @Option(defaultValue = "200", min = 1, description = "rounds of clustering and training")
        int epochs,

        @Option(defaultValue = "0", min = 0, description = "number of the first epoch; a resumed run knows its own")
        int startEpoch,

        @Option(
                defaultValue = "256",
                min = 2,
                max = 65536,
                description = "images per step; batch normalisation needs two or more")
        int batch,

        @Option(
                defaultValue = "0.05",
                min = 0,
                minExclusive = true,
                description = "learning rate of stochastic gradient descent")
        double learningRate,

        @Option(defaultValue = "0.9", min = 0, description = "momentum of stochastic gradient descent, below 1")
        double momentum,

        @Option(defaultValue = "1.0e-5", min = 0, description = "weight decay; the original's --wd is its power of ten")
        double weightDecay,

        @Option(
                defaultValue = "constant",
                description =
                        "how the learning rate falls: constant, as in the original; cosine, to 0 at the last epoch;"
                                + " inverse-square-root, rate / sqrt(1 + rate * weight-decay * iteration), as in the probe")
        Schedule schedule,

        @Option(
                defaultValue = "0.0",
                min = 0,
                description = "epochs over which the learning rate first rises from 0, fractions allowed")
        double warmUp,

        @Option(
                defaultValue = "auto",
                min = 0,
                minExclusive = true,
                description =
                        "largest norm of all gradients together, longer ones are scaled down; auto leaves them alone")
        OptionalDouble maxGradientNorm,

        @Option(
                defaultValue = "fresh",
                description =
                        "what an epoch's head starts from: fresh, drawn anew as in the original; matched, each cluster"
                                + " takes over the output of the cluster before with which it shares most images")
        HeadStart head,

        @Option(
                defaultValue = "0.0",
                min = 0,
                max = 1,
                description =
                        "leaves out clustering in the next epochs when it has moved at most this share of the images to"
                                + " another cluster; 0 clusters in every epoch, as the original does")
        double reclusterChurn,

        @Option(
                defaultValue = "2",
                min = 2,
                description = "with recluster-churn: the most epochs that train on the same pseudo-labels")
        int reclusterEvery,

        @Option(
                defaultValue = "true",
                description =
                        "with several processes: whether batch normalisation takes means and variances over the images of a"
                                + " step of all processes, so that results do not depend on their number; else each over its own")
        boolean jointStatistics) {
    /** How the learning rate changes over a run. */
    public enum Schedule {
        CONSTANT,
        /** Loshchilov and Hutter, SGDR, ICLR 2017, without restarts. */
        COSINE,
        INVERSE_SQUARE_ROOT
    }

    /** Where the outputs of a new head come from. */
    public enum HeadStart {
        FRESH,
        MATCHED
    }

    public TrainingSettings {
        if (!(momentum < 1)) {
            throw new IllegalArgumentException("momentum must be below 1, was " + momentum);
        }
        if (warmUp > epochs - startEpoch) {
            throw new IllegalArgumentException("warm-up must not be longer than the run, was " + warmUp + " with "
                    + (epochs - startEpoch) + " epochs");
        }
        if (startEpoch >= epochs) {
            throw new IllegalArgumentException(
                    "start-epoch must be below epochs, was " + startEpoch + " with " + epochs + " epochs");
        }
    }
}
