package io.uad.plugin.engine.dl4j;

import io.uad.api.TensorShape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = x W^T + b}. */
record Linear(Variable weight, Variable bias, Workers workers) implements Node {
    @Override
    public boolean isTrained() {
        return true;
    }

    @Override
    public Step forward(Maps input, Mode mode) {
        var output = input.another(TensorShape.vector(weight.side(0)));
        Ops.multiply(rows(input), false, weight.matrix(), true, output.matrix());
        addBias(output);
        if (!mode.isRecorded(true)) {
            input.letGo();
            return new Step(output, Backward.NONE);
        }
        return new Step(output, gradient -> backward(input, mode.passesGradient(), gradient));
    }

    private @Nullable Maps backward(Maps input, boolean passesGradient, Maps gradient) {
        Ops.multiply(gradient.matrix(), true, rows(input), false, weight.gradientMatrix());
        bias.writeGradient(new RowBlocks(gradient, workers).floatSums());
        var slopes = passesGradient ? input.another(input.shape()) : null;
        if (slopes != null) {
            Ops.multiply(gradient.matrix(), false, weight.matrix(), false, rows(slopes));
        }
        input.letGo();
        gradient.letGo();
        return slopes;
    }

    private void addBias(Maps output) {
        var biases = bias.read();
        var blocks = new RowBlocks(output, workers);
        blocks.forEach((first, count) -> {
            var values = blocks.read(0, output, first, count);
            for (var row = 0; row < count; row++) {
                for (int column = 0, at = row * biases.length; column < biases.length; column++, at++) {
                    values[at] += biases[column];
                }
            }
            blocks.write(output, first, count, values);
        });
    }

    private static INDArray rows(Maps maps) {
        return Floats.matrix(maps.vector(), 0, maps.samples(), maps.shape().size());
    }
}
