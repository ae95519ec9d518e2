package io.uad.runtime.evaluation;

import java.nio.file.Path;
import java.util.List;

/**
 * How a linear probe is trained.
 *
 * @param data a folder with {@code train/} and {@code val/}, each with one folder per class
 * @param taps what is probed, such as {@code conv3}; at least one
 * @param tenCrops whether validation averages the softmax of ten crops
 * @param originalPools whether {@code conv1} to {@code conv5} are pooled by the original's table, which fits AlexNet at
 *     224 pixels; otherwise to at most 9600 features at any size
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
        boolean originalPools,
        int epochs,
        int batch,
        double learningRate,
        double momentum,
        double weightDecay,
        long seed,
        Path output) {
    public ProbeSettings {
        taps = List.copyOf(taps);
        if (taps.isEmpty() || epochs < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "taps, epochs and batch must be 1 or more, were " + taps + ", " + epochs + ", " + batch);
        }
    }
}
