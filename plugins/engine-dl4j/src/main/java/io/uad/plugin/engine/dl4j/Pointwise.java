package io.uad.plugin.engine.dl4j;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.engine.DropoutSeed;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers that look at one value at a time. */
final class Pointwise {
    private Pointwise() {}

    /** {@code max(x, 0)}. */
    static Node.Step rectify(Maps input, Node.Mode mode) {
        var output = overwritten(input);
        Ops.rectify(input.matrix(), output.matrix());
        input.letGo();
        if (!mode.isRecorded(false)) {
            return new Node.Step(output, Node.Backward.NONE);
        }
        output.hold();
        return new Node.Step(output, gradient -> {
            var slopes = overwritten(gradient);
            Ops.rectifyBackward(output.matrix(), gradient.matrix(), slopes.matrix());
            gradient.letGo();
            output.letGo();
            return slopes;
        });
    }

    /** The same values as vectors, in the order of {@code [C, H, W]}. */
    static Node.Step flatten(Maps input, Workers workers) {
        var shape = input.shape();
        var vector = TensorShape.vector(shape.size());
        return new Node.Step(
                reordered(input, vector, workers, sample -> ChannelOrder.first(sample, shape)),
                gradient -> reordered(gradient, shape, workers, sample -> ChannelOrder.last(sample, shape)));
    }

    @FunctionalInterface
    private interface Reordering {
        float[] of(float[] sample);
    }

    private static Maps reordered(Maps input, TensorShape shape, Workers workers, Reordering reordering) {
        var output = input.another(shape);
        var size = shape.size();
        workers.forEach(input.samples(), sample -> {
            var values = new float[size];
            Floats.read(input.vector(), (long) sample * size, values, 0, size);
            Floats.write(output.vector(), (long) sample * size, reordering.of(values), 0, size);
        });
        input.letGo();
        return output;
    }

    /** Multiplies by the mask that {@link DropoutSeed} decides; does nothing in evaluation. */
    static Node.Step drop(Layer.Dropout layer, Maps input, Node.Mode mode, Workers workers) {
        if (!mode.training() || layer.probability() == 0) {
            return new Node.Step(input, gradient -> gradient);
        }
        var mask = input.another(input.shape());
        writeMask(layer, mode.dropout(), mask, workers);
        var output = masked(input, mask.matrix());
        if (!mode.isRecorded(false)) {
            mask.letGo();
            return new Node.Step(output, Node.Backward.NONE);
        }
        return new Node.Step(output, gradient -> {
            var slopes = masked(gradient, mask.matrix());
            mask.letGo();
            return slopes;
        });
    }

    private static void writeMask(Layer.Dropout layer, DropoutSeed seed, Maps mask, Workers workers) {
        var units = mask.shape().size();
        workers.forEach(mask.samples(), sample -> {
            var values = new float[units];
            new DropoutSeed(seed.seed(), seed.firstPosition() + sample)
                    .mask(layer.name(), layer.probability(), 1, units, FloatBuffer.wrap(values));
            var ordered = ChannelOrder.isOne(mask.shape()) ? values : ChannelOrder.last(values, mask.shape());
            Floats.write(mask.vector(), (long) sample * units, ordered, 0, units);
        });
    }

    private static Maps masked(Maps maps, INDArray mask) {
        var target = overwritten(maps);
        Ops.scale(maps.matrix(), mask, target.matrix());
        maps.letGo();
        return target;
    }

    /** The same memory if nobody else looks at it, else new; another hold. */
    private static Maps overwritten(Maps maps) {
        return maps.mayBeOverwritten() ? maps.hold() : maps.another(maps.shape());
    }
}
