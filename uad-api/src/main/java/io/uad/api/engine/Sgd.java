package io.uad.api.engine;

/**
 * Stochastic gradient descent in PyTorch's form: {@code g = grad + decay * w; v = momentum * v + g} ({@code v = g} the
 * first time); {@code w = w - rate * v}. Without momentum {@code v = g} and nothing is stored.
 *
 * @param learningRate 0 or more
 * @param momentum in [0, 1)
 * @param weightDecay 0 or more, applied to every trained parameter, biases too
 * @since 0.1
 */
public record Sgd(double learningRate, double momentum, double weightDecay) {
    public Sgd {
        if (!(learningRate >= 0) || !(momentum >= 0 && momentum < 1) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException("rate and decay must be 0 or more and momentum in [0, 1), were "
                    + learningRate + ", " + weightDecay + ", " + momentum);
        }
    }
}
