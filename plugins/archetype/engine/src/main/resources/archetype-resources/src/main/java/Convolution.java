package ${package};

import io.uad.api.TensorShape;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * A convolution as a product of matrices: what the window sees at a place, a patch, is a row, and each filter a column
 * (Chellapilla, Puri and Simard, IWFHR 2006). Patches are made block by block, so that they take little memory.
 */
final class Convolution implements Node {
    private static final int VALUES_AT_ONCE = 1 << 20;

    private final Function<TensorShape, Window> windows;
    private final Variable weight; // [out, in, kernel, kernel]
    private final Optional<Variable> bias; // [out]
    private final Workers workers;

    Convolution(Function<TensorShape, Window> windows, Variable weight, Optional<Variable> bias, Workers workers) {
        this.windows = windows;
        this.weight = weight;
        this.bias = bias;
        this.workers = workers;
    }

    /** Some of the places of the window over all samples, in order. */
    private record Block(Window window, int first, int count) {
        int sample(int row) {
            return (first + row) / window.places();
        }

        int place(int row) {
            return (first + row) % window.places();
        }
    }

    @FunctionalInterface
    private interface BlockWork {
        void on(Block block);
    }

    @Override
    public Step forward(Maps input, Mode mode) {
        var window = windows.apply(input.shape());
        var filters = weight.rows();
        var columns = Matrices.transposed(filters, workers);
        var start = bias.map(Variable::value).orElse(new float[filters.length]);
        var output = Maps.zeros(input.samples(), window.outputs(filters.length));
        forEachBlock(input, window, block -> {
            var sums = new float[block.count][];
            Arrays.setAll(sums, row -> start.clone());
            Matrices.addProduct(patches(input, block), columns, sums, workers);
            workers.forEach(filters.length, filter -> {
                for (var row = 0; row < block.count; row++) {
                    output.values()[output.plane(block.sample(row), filter) + block.place(row)] = sums[row][filter];
                }
            });
        });
        return new Step(output, gradient -> backward(input, window, gradient));
    }

    /** With {@code g} the gradient by the sums: {@code g^T patches} by the filters, {@code g filters} by patches. */
    private Maps backward(Maps input, Window window, Maps gradient) {
        var filters = weight.rows();
        var byFilter = new float[filters.length][filters[0].length];
        var byInput = Maps.zeros(input.samples(), input.shape());
        forEachBlock(input, window, block -> {
            var g = gathered(gradient, block);
            if (weight.isTrained()) {
                Matrices.addProduct(Matrices.transposed(g, workers), patches(input, block), byFilter, workers);
            }
            var byPatch = new float[block.count][filters[0].length];
            Matrices.addProduct(g, filters, byPatch, workers);
            scatter(byPatch, block, byInput);
        });
        if (weight.isTrained()) {
            Matrices.copy(byFilter, weight.gradient());
            bias.ifPresent(variable -> gradient.sums(variable.gradient()));
        }
        return byInput;
    }

    private void forEachBlock(Maps input, Window window, BlockWork work) {
        var places = Math.multiplyExact(input.samples(), window.places());
        var most = Math.max(1, VALUES_AT_ONCE / (window.size() * input.channels()));
        for (var first = 0; first < places; first += most) {
            work.on(new Block(window, first, Math.min(most, places - first)));
        }
    }

    /** A row per place, {@code [in, kernel, kernel]}. */
    private float[][] patches(Maps input, Block block) {
        var window = block.window;
        var patches = new float[block.count][input.channels() * window.size()];
        workers.forEach(block.count, row -> {
            var at = 0;
            for (var channel = 0; channel < input.channels(); channel++) {
                var plane = input.plane(block.sample(row), channel);
                var from = block.place(row) * window.size();
                for (var i = from; i < from + window.size(); i++) {
                    var source = window.sources()[i];
                    patches[row][at++] = source == Window.BEYOND ? 0 : input.values()[plane + source];
                }
            }
        });
        return patches;
    }

    /** The opposite of patches: adds each value to where it came from. */
    private void scatter(float[][] patches, Block block, Maps target) {
        var window = block.window;
        workers.forEach(target.channels(), channel -> {
            for (var row = 0; row < block.count; row++) {
                var plane = target.plane(block.sample(row), channel);
                var from = block.place(row) * window.size();
                for (var i = 0; i < window.size(); i++) {
                    var source = window.sources()[from + i];
                    if (source != Window.BEYOND) {
                        target.values()[plane + source] += patches[row][channel * window.size() + i];
                    }
                }
            }
        });
    }

    /** A row per place, a column per filter. */
    private float[][] gathered(Maps gradient, Block block) {
        var rows = new float[block.count][gradient.channels()];
        workers.forEach(block.count, row -> {
            for (var filter = 0; filter < gradient.channels(); filter++) {
                rows[row][filter] = gradient.values()[gradient.plane(block.sample(row), filter) + block.place(row)];
            }
        });
        return rows;
    }
}
