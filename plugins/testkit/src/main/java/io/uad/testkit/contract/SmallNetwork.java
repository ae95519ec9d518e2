package io.uad.testkit.contract;

import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter.Role;
import io.uad.api.engine.Engine;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.TrainingSession;
import io.uad.testkit.contract.PlainNetwork.Maps;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network for a few samples, with its state and its inputs: each a function of names and sizes. */
record SmallNetwork(Network network) {
    static final String OUT = "out";
    static final int SAMPLES = 4;
    static final int CLASSES = 3;
    static final String CONV = "conv.0";

    private static final int[] LABELS = {0, 2, 1, 2};
    private static final float[] WEIGHTS = {1, 0.5f, 1.75f, 0.25f};

    /** Samples as floats. */
    private record Floats(float[] values, int size, TensorShape shape) implements Batch {
        @Override
        public void writeTo(FloatBuffer target) {
            target.put(values);
        }
    }

    /** Those layers, with the tap {@value #OUT} behind the last. */
    static SmallNetwork of(TensorShape input, Layer... layers) {
        return new SmallNetwork(new Network("small", input, List.of(layers), Map.of(OUT, layers.length), "top_layer"));
    }

    /** Every layer that there is. */
    static SmallNetwork ofEverything() {
        var main = List.<Layer>of(
                new Layer.Conv2d("main.0", 4, 4, 3, 1, 1, false),
                new Layer.BatchNorm2d("main.1", 4),
                new Layer.Relu(),
                new Layer.Conv2d("main.2", 4, 6, 3, 2, 1, false),
                new Layer.BatchNorm2d("main.3", 6));
        var shortcut = List.<Layer>of(new Layer.Conv2d("shortcut.0", 4, 6, 1, 2, 0, true));
        return of(
                new TensorShape(3, 12, 12),
                new Layer.FixedConv2d(
                        "fixed", 3, 2, 3, 1, Layer.Padding.REPLICATE, list(Rows.normal("fixed", 2 * 3 * 9))),
                new Layer.Conv2d(CONV, 2, 4, 3, 1, 1, true),
                new Layer.Relu(),
                new Layer.MaxPool2d(3, 2, 1),
                new Layer.Residual(main, shortcut),
                new Layer.Residual(List.of(new Layer.Conv2d("same.0", 6, 6, 1, 1, 0, true)), List.of()),
                new Layer.AvgPool2d(2, 1, 0),
                new Layer.Flatten(),
                new Layer.Dropout("dropout.0", 0.5),
                new Layer.Linear("linear.0", 24, 10),
                new Layer.Relu(),
                new Layer.Dropout("dropout.1", 0.25));
    }

    /** Layers in the middle, where a gradient must pass, that {@link #ofEverything} has at its ends or not with these options. */
    static SmallNetwork ofOtherPaths() {
        return of(
                new TensorShape(3, 9, 9),
                new Layer.Conv2d(CONV, 3, 4, 3, 1, 1, true),
                new Layer.AvgPool2d(3, 2, 1),
                new Layer.FixedConv2d("fixed", 4, 3, 3, 1, Layer.Padding.ZEROS, list(Rows.normal("fixed", 3 * 4 * 9))),
                new Layer.BatchNorm2d("norm.0", 3),
                new Layer.GlobalAvgPool2d(),
                new Layer.Linear("linear.0", 3, 5));
    }

    static List<Float> list(float[] values) {
        var list = new ArrayList<Float>();
        for (var value : values) {
            list.add(value);
        }
        return list;
    }

    /** Values about where training would have them, no two alike. */
    NamedTensors state() {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : network.parameters()) {
            if (parameter.role() == Role.COUNTER) {
                tensors.put(parameter.name(), Tensor.of(new long[] {0}));
                continue;
            }
            var values = Rows.normal(parameter.name(), parameter.size());
            if (parameter.role() != Role.FIXED || parameter.name().endsWith("bias")) {
                var deviation = parameter.role() == Role.NORMAL ? 0.4f : 0.1f;
                var middle = parameter.role() == Role.NORMAL ? 0 : (float) parameter.initial();
                for (var i = 0; i < values.length; i++) {
                    values[i] = middle + deviation * values[i];
                }
            }
            tensors.put(parameter.name(), new Tensor(parameter.shape(), values));
        }
        return new NamedTensors(tensors);
    }

    TrainingSession open(Engine engine) {
        return engine.open(network, state());
    }

    /** With a head. */
    TrainingSession openToTrain(Engine engine) {
        var session = open(engine);
        session.replaceHead(CLASSES, headWeight(CLASSES), new float[] {0.1f, -0.2f, 0.3f});
        return session;
    }

    float[] headWeight(int classes) {
        var weight = Rows.normal("head" + classes, classes * network.featureCount());
        for (var i = 0; i < weight.length; i++) {
            weight[i] *= 0.5f;
        }
        return weight;
    }

    Batch batch() {
        return new Floats(values(), SAMPLES, network.input());
    }

    private float[] values() {
        return Rows.normal("inputs", SAMPLES * network.input().size());
    }

    LabelledBatch labelled() {
        return new LabelledBatch(batch(), LABELS.clone(), WEIGHTS.clone());
    }

    Maps maps() {
        var shape = network.input();
        return new Maps(SAMPLES, shape.channels(), shape.height(), shape.width(), PlainNetwork.doubles(values()));
    }
}
