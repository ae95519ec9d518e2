package ${package};

import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.engine.DropoutSeed;
import java.nio.FloatBuffer;

/** Layers that look at one value at a time. */
final class Pointwise {
    private Pointwise() {}

    /** {@code max(x, 0)}; what is no number stays none, so that a run that diverges shows. */
    static Node.Step rectify(Maps input, Node.Mode mode) {
        var values = input.values().clone();
        for (var i = 0; i < values.length; i++) {
            values[i] = values[i] < 0 ? 0 : values[i];
        }
        return new Node.Step(input.with(values), gradient -> {
            var slopes = gradient.values().clone();
            for (var i = 0; i < slopes.length; i++) {
                slopes[i] = values[i] > 0 ? slopes[i] : 0;
            }
            return gradient.with(slopes);
        });
    }

    /** The same values as vectors. */
    static Node.Step flatten(Maps input, Node.Mode mode) {
        var vector = TensorShape.vector(input.shape().size());
        return new Node.Step(
                new Maps(input.samples(), vector, input.values()), gradient -> input.with(gradient.values()));
    }

    /** Multiplies by the mask that {@link DropoutSeed} decides; does nothing in evaluation. */
    static Node.Step drop(Layer.Dropout layer, Maps input, Node.Mode mode) {
        if (!mode.training() || layer.probability() == 0) {
            return new Node.Step(input, gradient -> gradient);
        }
        var mask = new float[input.values().length];
        mode.dropout()
                .mask(
                        layer.name(),
                        layer.probability(),
                        input.samples(),
                        input.shape().size(),
                        FloatBuffer.wrap(mask));
        return new Node.Step(masked(input, mask), gradient -> masked(gradient, mask));
    }

    private static Maps masked(Maps maps, float[] mask) {
        var values = maps.values().clone();
        for (var i = 0; i < values.length; i++) {
            values[i] *= mask[i];
        }
        return maps.with(values);
    }
}
