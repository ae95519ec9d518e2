package io.uad.runtime.config;

import io.uad.api.Option;

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
        double weightDecay) {
    public TrainingSettings {
        if (!(momentum < 1)) {
            throw new IllegalArgumentException("momentum must be below 1, was " + momentum);
        }
        if (startEpoch >= epochs) {
            throw new IllegalArgumentException(
                    "start-epoch must be below epochs, was " + startEpoch + " with " + epochs + " epochs");
        }
    }
}
