package io.uad.plugin.engine.common;

import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TapSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Runs layers one after the other, as functional operations of a library.
 *
 * @param <A> the library's array
 */
public abstract class LayerPass<A> {
    private final boolean training;

    /** @param training whether layers behave as in training; no tap is read then */
    protected LayerPass(boolean training) {
        this.training = training;
    }

    /** Lets go of what lies between input and output at once; what the gradients need of it, the library keeps. */
    public final A run(A input, List<Layer> layers) {
        var x = input;
        for (var layer : training ? poolingFirst(layers) : layers) {
            var next = run(x, layer);
            if (!isSame(x, input) && !isSame(x, next)) {
                close(x);
            }
            x = next;
        }
        return x;
    }

    /**
     * The same layers, with max pools before the ReLUs that they follow. The values and the gradients are the same, since
     * both only choose, but there is less to rectify.
     */
    private static List<Layer> poolingFirst(List<Layer> layers) {
        var ordered = new ArrayList<>(layers);
        for (var i = 0; i + 1 < ordered.size(); i++) {
            if (ordered.get(i) instanceof Layer.Relu && ordered.get(i + 1) instanceof Layer.MaxPool2d) {
                Collections.swap(ordered, i, i + 1);
            }
        }
        return ordered;
    }

    /** Runs as many layers as are needed, and reads what is selected; lets go of the input, too. */
    public final List<Activation> read(A input, Network network, Head head, List<TapSelection> selections) {
        var places = selections.stream()
                .mapToInt(selection -> head.layersBefore(selection.tap()))
                .toArray();
        var last = Arrays.stream(places).max().orElse(0);
        var read = new Activation[places.length];
        var x = input;
        for (var done = 0; ; done++) {
            for (var i = 0; i < places.length; i++) {
                if (places[i] == done) {
                    read[i] = activation(x, selections.get(i));
                }
            }
            if (done == last) {
                close(x);
                return List.of(read);
            }
            x = next(x, done, network);
        }
    }

    private A next(A x, int done, Network network) {
        var next = done < network.layers().size() ? run(x, network.layers().get(done)) : linear(x, network.head());
        if (!isSame(next, x)) {
            close(x);
        }
        return next;
    }

    private A run(A x, Layer layer) {
        if (layer instanceof Layer.FixedConv2d conv) {
            return fixed(x, conv);
        }
        if (layer instanceof Layer.Conv2d conv) {
            return convolve(x, conv);
        }
        if (layer instanceof Layer.BatchNorm2d norm) {
            return normalize(x, norm);
        }
        if (layer instanceof Layer.Relu) {
            return rectify(x);
        }
        if (layer instanceof Layer.MaxPool2d pool) {
            return largest(x, pool);
        }
        if (layer instanceof Layer.AvgPool2d pool) {
            return mean(x, pool);
        }
        if (layer instanceof Layer.GlobalAvgPool2d) {
            return mean(x);
        }
        if (layer instanceof Layer.Flatten) {
            return flatten(x);
        }
        if (layer instanceof Layer.Dropout drop) {
            return training && drop.probability() > 0 ? drop(x, drop) : x;
        }
        if (layer instanceof Layer.Linear linear) {
            return linear(x, linear.name());
        }
        if (layer instanceof Layer.Residual residual) {
            return add(x, residual);
        }
        throw new IllegalStateException("no such layer: " + layer);
    }

    private A add(A x, Layer.Residual residual) {
        var main = run(x, residual.main());
        var shortcut = run(x, residual.shortcut());
        var sum = sum(main, shortcut);
        for (var branch : List.of(main, shortcut)) {
            if (!isSame(branch, x)) {
                close(branch);
            }
        }
        return sum;
    }

    @SuppressWarnings("ReferenceEquality") // what a layer without work hands on
    private boolean isSame(A one, A other) {
        return one == other;
    }

    /** A convolution whose weights are given. */
    protected abstract A fixed(A x, Layer.FixedConv2d conv);

    /** A convolution. */
    protected abstract A convolve(A x, Layer.Conv2d conv);

    /** Batch normalisation; in training it updates the running statistics and the counter. */
    protected abstract A normalize(A x, Layer.BatchNorm2d norm);

    /** A ReLU. */
    protected abstract A rectify(A x);

    /** A max pool. */
    protected abstract A largest(A x, Layer.MaxPool2d pool);

    /** An average pool. */
    protected abstract A mean(A x, Layer.AvgPool2d pool);

    /** The mean of each channel, {@code [B, C, 1, 1]}. */
    protected abstract A mean(A x);

    /** {@code [B, C * H * W]}. */
    protected abstract A flatten(A x);

    /** Dropout in training. */
    protected abstract A drop(A x, Layer.Dropout drop);

    /** A linear layer of that name; takes {@code [B, n]}, or {@code [B, C, H, W]} as {@code [B, C * H * W]}. */
    public abstract A linear(A x, String name);

    /** The sum of two arrays of one shape. */
    protected abstract A sum(A one, A other);

    /** A copy of what is selected. */
    protected abstract Activation activation(A x, TapSelection selection);

    /** Lets go of an array. */
    protected abstract void close(A array);
}
