package ${package};

import io.uad.api.TensorShape;
import java.util.Arrays;

/** {@code y = x W^T + b}. */
record Linear(Variable weight, Variable bias, Workers workers) implements Node {
    @Override
    public Step forward(Maps input, Mode mode) {
        var x = Matrices.rows(input.values(), input.shape().size());
        var y = new float[input.samples()][];
        Arrays.setAll(y, sample -> bias.value().clone());
        Matrices.addProduct(x, Matrices.transposed(weight.rows(), workers), y, workers);
        var output = Maps.zeros(input.samples(), TensorShape.vector(bias.value().length));
        Matrices.copy(y, output.values());
        return new Step(output, gradient -> backward(input, x, gradient));
    }

    /** With {@code g} the gradient by y: {@code g^T x} by W, the sum of g over the samples by b, {@code g W} by x. */
    private Maps backward(Maps input, float[][] x, Maps gradient) {
        var g = Matrices.rows(gradient.values(), bias.value().length);
        var byColumn = Matrices.transposed(g, workers);
        var byWeight = new float[byColumn.length][input.shape().size()];
        Matrices.addProduct(byColumn, x, byWeight, workers);
        Matrices.copy(byWeight, weight.gradient());
        gradient.sums(bias.gradient());
        var byInput = new float[input.samples()][input.shape().size()];
        Matrices.addProduct(g, weight.rows(), byInput, workers);
        var slopes = Maps.zeros(input.samples(), input.shape());
        Matrices.copy(byInput, slopes.values());
        return slopes;
    }
}
