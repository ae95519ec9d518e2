package io.uad.plugin.fusion.concat;

import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.engine.Activation;
import java.util.Arrays;
import java.util.List;

/** Draws channels, and takes them out of an activation. */
final class Channels {
    private Channels() {}

    /** That many of 0..available-1, distinct, ascending. */
    static List<Integer> draw(int count, int available, Seed seed) {
        return Arrays.stream(seed.choose(count, available)).sorted().boxed().toList();
    }

    /** Those channels of every sample, in that order. */
    static Activation of(Activation whole, List<Integer> channels) {
        var shape = new TensorShape(
                channels.size(), whole.shape().height(), whole.shape().width());
        var map = shape.height() * shape.width();
        var values = new float[Math.multiplyExact(whole.samples(), shape.size())];
        var at = 0;
        for (var sample = 0; sample < whole.samples(); sample++) {
            for (var channel : channels) {
                var from = sample * whole.shape().size() + channel * map;
                System.arraycopy(whole.values(), from, values, at, map);
                at += map;
            }
        }
        return new Activation(whole.tap(), whole.samples(), shape, values);
    }
}
