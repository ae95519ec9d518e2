package ${package};

import io.uad.api.TensorShape;
import java.util.function.Function;

/** The largest value that a window sees; the first of equal ones gets the gradient. */
record MaxPool(Function<TensorShape, Window> windows, Workers workers) implements Node {
    @Override
    public Step forward(Maps input, Mode mode) {
        var window = windows.apply(input.shape());
        var output = Maps.zeros(input.samples(), window.outputs(input.channels()));
        var winners = new int[output.values().length];
        workers.forEach(input.samples() * input.channels(), plane -> {
            for (var place = 0; place < window.places(); place++) {
                var winner = winner(input.values(), plane * input.area(), window, place);
                output.values()[plane * window.places() + place] = input.values()[winner];
                winners[plane * window.places() + place] = winner;
            }
        });
        return new Step(output, gradient -> {
            var slopes = Maps.zeros(input.samples(), input.shape());
            for (var i = 0; i < winners.length; i++) {
                slopes.values()[winners[i]] += gradient.values()[i];
            }
            return slopes;
        });
    }

    /** What is no number wins, so that it is not lost. */
    private static int winner(float[] values, int plane, Window window, int place) {
        var winner = Window.BEYOND;
        for (var i = place * window.size(); i < (place + 1) * window.size(); i++) {
            var source = window.sources()[i];
            if (source != Window.BEYOND) {
                var value = values[plane + source];
                if (winner == Window.BEYOND || value > values[winner] || Float.isNaN(value)) {
                    winner = plane + source;
                }
            }
        }
        return winner;
    }
}
