package io.uad.runtime.evaluation;

import io.uad.api.UadException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How a linear probe is trained.
 *
 * @param data a folder with {@code train/} and {@code val/}, each with one folder per class
 * @param taps what is probed, such as {@code conv3}; at least one
 * @param tenCrops whether validation averages the softmax of ten crops
 * @param pooling how activations are shrunk
 * @param epochs passes over the training images, at least 1
 * @param batch images per step; halved in validation with ten crops
 * @param learningRate lr0 of {@code lr0 / sqrt(1 + lr0 * weightDecay * t)}
 * @param momentum in [0, 1)
 * @param weightDecay 0 or more
 * @param seed of order, crops and first weights
 * @param output the probe's folder
 */
public record ProbeSettings(
        Path data,
        List<String> taps,
        boolean tenCrops,
        Pooling pooling,
        int epochs,
        int batch,
        double learningRate,
        double momentum,
        double weightDecay,
        long seed,
        Path output) {
    /** How activations are shrunk before the linear layer. */
    public enum Pooling {
        /** {@link #ORIGINAL} for AlexNet at 224 pixels, which the table was made for, else {@link #ADAPTIVE}. */
        AUTO,
        /** The original's table for {@code conv1} to {@code conv5}; adaptive for other taps. */
        ORIGINAL,
        /** To at most 9600 features, at any size. */
        ADAPTIVE
    }

    /** @throws UadException of kind CONFIG if a number is out of its range */
    public ProbeSettings {
        taps = List.copyOf(taps);
        require(!taps.isEmpty(), "--conv", "no tap", "one or more");
        require(Set.copyOf(taps).size() == taps.size(), "--conv", taps, "each tap once");
        require(epochs >= 1, "--epochs", epochs, "1 or more");
        require(batch >= 1, "--batch_size", batch, "1 or more");
        require(learningRate > 0 && Double.isFinite(learningRate), "--lr", learningRate, "a number above 0");
        require(momentum >= 0 && momentum < 1, "--momentum", momentum, "0 or more and below 1");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "--weight_decay", weightDecay, "0 or more");
    }

    private static void require(boolean holds, String flag, Object found, String expected) {
        if (!holds) {
            throw UadException.config("found " + found, flag, expected, "Correct it");
        }
    }
}
