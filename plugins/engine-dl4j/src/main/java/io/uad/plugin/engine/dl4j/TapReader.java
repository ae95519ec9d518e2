package io.uad.plugin.engine.dl4j;

import io.uad.api.TensorShape;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TapSelection;
import java.util.Objects;

/** Copies what a tap holds, a part of the batch after the other, in the order of {@code [C, H, W]}. */
final class TapReader {
    private static final float[] NOTHING = {};

    private final TapSelection selection;
    private final int samples;
    private final Workers workers;
    private TensorShape shape = TensorShape.vector(1);
    private float[] values = NOTHING;

    TapReader(TapSelection selection, int samples, Workers workers) {
        this.selection = selection;
        this.samples = samples;
        this.workers = workers;
    }

    /** Copies the part of the batch that begins with sample {@code first}. */
    void read(Maps maps, int first) {
        var channels = selection.channels();
        channels.forEach(channel -> Objects.checkIndex(channel, maps.channels()));
        var count = channels.isEmpty() ? maps.channels() : channels.size();
        shape = new TensorShape(count, maps.shape().height(), maps.shape().width());
        if (values.length == 0) {
            values = new float[Math.multiplyExact(samples, shape.size())];
        }
        workers.forEach(maps.samples(), sample -> {
            var all = new float[maps.shape().size()];
            Floats.read(maps.vector(), (long) sample * all.length, all, 0, all.length);
            var to = (first + sample) * shape.size();
            for (var i = 0; i < count; i++) {
                var channel = channels.isEmpty() ? i : channels.get(i);
                for (var place = 0; place < maps.area(); place++) {
                    values[to + i * maps.area() + place] = all[place * maps.channels() + channel];
                }
            }
        });
    }

    Activation activation() {
        return new Activation(selection.tap(), samples, shape, values);
    }
}
