package io.uad.plugin.engine.dl4j;

import io.uad.api.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A convolution: forward by the library's operation; the gradient by the input by the same operation with the filters turned
 * where the stride is 1, else, as that by the weight, by products with patches.
 *
 * <p>The library's operation for both gradients ({@code conv2d_bp}) is right, but always computes both, and chooses
 * Winograd's algorithm where the maps are small and the channels many, in which it is some fifty times slower than this.
 */
record Convolution(int kernel, int stride, int padding, Variable weight, Optional<Variable> bias, Workers workers)
        implements Node {
    private static final long FLOATS_OF_PATCHES = 1 << 22;

    @Override
    public boolean isTrained() {
        return weight.isTrained();
    }

    @Override
    public Step forward(Maps input, Mode mode) {
        var window = new Window(input.shape(), kernel, stride, padding);
        var output = input.another(window.outputs(out()));
        var inputs = new ArrayList<>(List.of(input.images(), weight.shaped()));
        bias.ifPresent(variable -> inputs.add(variable.vector()));
        Ops.convolve(inputs, kernel, stride, padding, output.images());
        if (!mode.isRecorded(isTrained())) {
            input.letGo();
            return new Step(output, Backward.NONE);
        }
        return new Step(output, gradient -> {
            if (isTrained()) {
                byWeight(input, window, gradient);
                bias.ifPresent(variable -> variable.writeGradient(new RowBlocks(gradient, workers).floatSums()));
            }
            var slopes = mode.passesGradient() ? byInput(input.shape(), window, gradient) : null;
            input.letGo();
            gradient.letGo();
            return slopes;
        });
    }

    /** {@code g^T patches}, block by block. */
    private void byWeight(Maps input, Window window, Maps gradient) {
        if (window.isPixel()) {
            Ops.multiply(gradient.matrix(), true, input.matrix(), false, weight.gradientMatrix());
            return;
        }
        var patches = new Patches(window, workers);
        var rows = input.samples() * window.height();
        var most = patches.rowsWithin(FLOATS_OF_PATCHES, rows);
        var memory = input.memory();
        var block = memory.take((long) most * window.width() * window.size());
        var sum = memory.take((long) out() * window.size());
        var part = memory.take((long) out() * window.size());
        for (var first = 0; first < rows; first += most) {
            var some = Math.min(most, rows - first);
            patches.gather(input, first, some, block);
            var places = (long) some * window.width();
            var target = Floats.matrix(first == 0 ? sum.vector() : part.vector(), 0, out(), window.size());
            Ops.multiply(
                    gradient.matrix((long) first * window.width(), places),
                    true,
                    Floats.matrix(block.vector(), 0, places, window.size()),
                    false,
                    target);
            if (first > 0) {
                var total = Floats.matrix(sum.vector(), 0, out(), window.size());
                Ops.add(total, target, total);
            }
        }
        var values = new float[out() * window.size()];
        Floats.read(sum.vector(), 0, values, 0, values.length);
        weight.writeGradient(
                Patches.exchanged(values, out(), kernel * kernel, window.input().channels()));
        List.of(block, sum, part).forEach(memory::give);
    }

    private Maps byInput(TensorShape shape, Window window, Maps gradient) {
        var slopes = gradient.another(shape);
        if (window.isPixel()) {
            Ops.multiply(gradient.matrix(), false, weight.matrix(), false, slopes.matrix());
        } else if (stride == 1 && padding < kernel) {
            turned(gradient, slopes);
        } else {
            scattered(window, gradient, slopes);
        }
        return slopes;
    }

    private void turned(Maps gradient, Maps slopes) {
        var in = slopes.channels();
        var filters = weight.read();
        try (var turned = Floats.of(Patches.turned(filters, out(), in, kernel * kernel))) {
            var shaped = turned.reshape('c', kernel, kernel, out(), in);
            Ops.convolveOutLast(List.of(gradient.images(), shaped), kernel, kernel - 1 - padding, slopes.images());
        }
    }

    /** {@code g filters} are the gradients by the patches, which are added up where these came from. */
    private void scattered(Window window, Maps gradient, Maps slopes) {
        var patches = new Patches(window, workers);
        var places = window.height() * window.width();
        var most = patches.rowsWithin(FLOATS_OF_PATCHES, gradient.samples() * window.height()) / window.height();
        var step = Math.max(1, most);
        var memory = gradient.memory();
        var block = memory.take((long) step * places * window.size());
        var in = window.input().channels();
        try (var filters = Floats.of(Patches.exchanged(weight.read(), out(), in, kernel * kernel))) {
            for (var first = 0; first < gradient.samples(); first += step) {
                var some = Math.min(step, gradient.samples() - first);
                var rows = (long) some * places;
                Ops.multiply(
                        gradient.matrix((long) first * places, rows),
                        false,
                        filters.reshape('c', out(), window.size()),
                        false,
                        Floats.matrix(block.vector(), 0, rows, window.size()));
                patches.scatter(block, first, some, slopes);
            }
        }
        memory.give(block);
    }

    private int out() {
        return weight.side(0);
    }
}
