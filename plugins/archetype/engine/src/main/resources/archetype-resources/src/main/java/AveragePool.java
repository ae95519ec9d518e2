package ${package};

import io.uad.api.TensorShape;
import java.util.function.Function;

/** The mean of what a window sees; the padding counts as zeros. */
record AveragePool(Function<TensorShape, Window> windows, Workers workers) implements Node {
    @Override
    public Step forward(Maps input, Mode mode) {
        var window = windows.apply(input.shape());
        var output = Maps.zeros(input.samples(), window.outputs(input.channels()));
        workers.forEach(input.samples() * input.channels(), plane -> {
            for (var place = 0; place < window.places(); place++) {
                var sum = 0.0;
                for (var i = place * window.size(); i < (place + 1) * window.size(); i++) {
                    var source = window.sources()[i];
                    sum += source == Window.BEYOND ? 0 : input.values()[plane * input.area() + source];
                }
                output.values()[plane * window.places() + place] = (float) (sum / window.size());
            }
        });
        return new Step(output, gradient -> backward(input, window, gradient));
    }

    private Maps backward(Maps input, Window window, Maps gradient) {
        var slopes = Maps.zeros(input.samples(), input.shape());
        workers.forEach(input.samples() * input.channels(), plane -> {
            for (var place = 0; place < window.places(); place++) {
                var share = gradient.values()[plane * window.places() + place] / window.size();
                for (var i = place * window.size(); i < (place + 1) * window.size(); i++) {
                    var source = window.sources()[i];
                    if (source != Window.BEYOND) {
                        slopes.values()[plane * input.area() + source] += share;
                    }
                }
            }
        });
        return slopes;
    }
}
