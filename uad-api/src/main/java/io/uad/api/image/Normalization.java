package io.uad.api.image;

import java.util.List;

/**
 * {@code (byte / 255 - mean) / deviation}, channel by channel.
 *
 * @param mean three numbers, red first
 * @param deviation three numbers above 0
 * @since 0.1
 */
public record Normalization(List<Float> mean, List<Float> deviation) {
    /** The statistics of ImageNet that every model of this family uses. */
    public static final Normalization IMAGENET =
            new Normalization(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

    public Normalization {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != 3 || deviation.size() != 3 || deviation.stream().anyMatch(d -> !(d > 0))) {
            throw new IllegalArgumentException("three means and three deviations above 0, were " + mean + deviation);
        }
    }

    /**
     * The float for each of the 256 bytes of a channel, in float32 steps as torchvision takes them.
     *
     * @param channel 0 to 2, red first
     * @return a new array {@code [256]}
     */
    public float[] table(int channel) {
        var table = new float[256];
        for (var level = 0; level < 256; level++) {
            table[level] = (level / 255f - mean.get(channel)) / deviation.get(channel);
        }
        return table;
    }
}
