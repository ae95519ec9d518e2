package io.uad.api.backbone;

/**
 * Appends layers as PyTorch's {@code Sequential} numbers them: {@code features.0}, {@code features.1} and so on, layers
 * without parameters included. What a layer takes follows from the layer before it.
 *
 * @since 0.1
 */
public final class Sequential {
    private final NetworkBuilder network;
    private final String prefix;
    private int number;

    Sequential(NetworkBuilder network, String prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /** A convolution with a bias. */
    public Sequential conv(int out, int kernel, int stride, int padding) {
        return add(new Layer.Conv2d(name(), network.shape().channels(), out, kernel, stride, padding, true));
    }

    /** Batch normalisation of the channels there are. */
    public Sequential batchNorm() {
        return add(new Layer.BatchNorm2d(name(), network.shape().channels()));
    }

    /** max(x, 0). */
    public Sequential relu() {
        return add(new Layer.Relu());
    }

    /** Largest value of each window. */
    public Sequential maxPool(int kernel, int stride, int padding) {
        return add(new Layer.MaxPool2d(kernel, stride, padding));
    }

    /** Dropout with that probability in [0, 1). */
    public Sequential dropout(double probability) {
        return add(new Layer.Dropout(name(), probability));
    }

    /** A linear layer on a vector. */
    public Sequential linear(int out) {
        return add(new Layer.Linear(name(), network.shape().size(), out));
    }

    /** Names what the last layer leaves, in the network. */
    public Sequential tap(String tap) {
        network.tap(tap);
        return this;
    }

    private Sequential add(Layer layer) {
        network.add(layer);
        number++;
        return this;
    }

    private String name() {
        return prefix + "." + number;
    }
}
