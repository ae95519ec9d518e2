package io.uad.benchmarks;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import java.util.List;
import java.util.Map;

/**
 * How many floating-point operations a network takes for one image: two for each multiplication with its addition in
 * convolutions and linear layers. Everything else (normalisation, pooling, loss, the optimizer) counts as nothing, so that
 * a rate in these units can be compared with a matrix product's.
 *
 * <p>Training takes the forward once more for the gradient by the weights and once more for the gradient by the inputs.
 * The former falls away for fixed convolutions, the latter where nothing before the layer is trained.
 */
final class Work {
    private final TensorShape input;
    private double forward;
    private double gradients;
    private boolean trainedBefore;

    private Work(TensorShape input, boolean trainedBefore) {
        this.input = input;
        this.trainedBefore = trainedBefore;
    }

    /** FLOP of reading the last layer, without the head. */
    static double forward(Network network) {
        return of(network).forward;
    }

    /** FLOP of a step with a head of that many classes. */
    static double training(Network network, int classes) {
        var work = of(network);
        work.count(2.0 * network.featureCount() * classes, true);
        return work.forward + work.gradients;
    }

    private static Work of(Network network) {
        var work = new Work(network.input(), false);
        work.addAll(network.layers());
        return work;
    }

    private void addAll(List<Layer> layers) {
        var in = input;
        for (var layer : layers) {
            var out = after(in, layer);
            add(layer, in, out);
            in = out;
        }
    }

    private void add(Layer layer, TensorShape in, TensorShape out) {
        if (layer instanceof Layer.FixedConv2d conv) {
            count(2.0 * out.size() * conv.in() * conv.kernel() * conv.kernel(), false);
        } else if (layer instanceof Layer.Conv2d conv) {
            count(2.0 * out.size() * conv.in() * conv.kernel() * conv.kernel(), true);
        } else if (layer instanceof Layer.Linear linear) {
            count(2.0 * linear.in() * linear.out(), true);
        } else if (layer instanceof Layer.BatchNorm2d) {
            trainedBefore = true;
        } else if (layer instanceof Layer.Residual residual) {
            var before = trainedBefore;
            for (var branch : List.of(residual.main(), residual.shortcut())) {
                var part = new Work(in, before);
                part.addAll(branch);
                forward += part.forward;
                gradients += part.gradients;
                trainedBefore |= part.trainedBefore;
            }
        }
    }

    private void count(double flop, boolean trained) {
        forward += flop;
        gradients += (trained ? flop : 0) + (trainedBefore ? flop : 0);
        trainedBefore |= trained;
    }

    private static TensorShape after(TensorShape in, Layer layer) {
        return new Network("part", in, List.of(layer), Map.of("end", 1), "none").shapeAt("end");
    }
}
