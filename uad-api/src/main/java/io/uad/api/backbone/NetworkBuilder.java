package io.uad.api.backbone;

import io.uad.api.TensorShape;
import io.uad.api.UadException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the layers and taps of a network for square RGB images, following the shape, so that a backbone need not
 * compute the sizes of its maps:
 *
 * <pre>{@code
 * var network = new NetworkBuilder("small", input, 8);
 * network.sequential("features").conv(16, 3, 1, 1).batchNorm().relu().tap("conv1").maxPool(2, 2, 0).tap("pool1");
 * network.add(new Layer.Flatten());
 * network.sequential("classifier").linear(128).tap("fc");
 * return network.build("top_layer");
 * }</pre>
 *
 * <p>A layer that does not fit behind the ones before it is an {@link IllegalArgumentException}. Not for several threads.
 *
 * @since 0.1
 */
public final class NetworkBuilder {
    private static final float THIRD = 1 / 3f;

    private final String name;
    private final TensorShape input;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Integer> taps = new LinkedHashMap<>();

    /**
     * Begins without a layer.
     *
     * @param name the backbone's name
     * @param input of the network
     * @param smallestSide in pixels, of the smallest images that the network can take
     * @throws UadException of kind CONFIG if the images are smaller, or the inputs no such images
     */
    public NetworkBuilder(String name, TensorShape input, int smallestSide) {
        var side = Backbone.imageSide(name, input);
        if (side < smallestSide) {
            throw UadException.config(
                    "the backbone " + name + " cannot take images of " + side + " pixels",
                    "image.size",
                    smallestSide + " or more",
                    "Raise image.size, images are enlarged to it");
        }
        this.name = name;
        this.input = input;
    }

    /**
     * A count of channels times a width multiplier (Howard et al., 2017, MobileNets, section 3.3), rounded, at least 1.
     *
     * @param channels of the original network
     * @param width above 0; 1 is the original
     */
    public static int scaled(int channels, double width) {
        return Math.max(1, Math.toIntExact(Math.round(channels * width)));
    }

    /**
     * The mean of the colours and then Sobel's two gradients, as DeepCluster (Caron et al., ECCV 2018) puts them in front
     * of a network: two channels, never trained, named {@code sobel.0} and {@code sobel.1}; the tap is {@code sobel}.
     *
     * @param edge what the gradients see beyond the border
     */
    public NetworkBuilder sobel(Layer.Padding edge) {
        add(new Layer.FixedConv2d("sobel.0", 3, 1, 1, 0, Layer.Padding.ZEROS, List.of(THIRD, THIRD, THIRD)));
        var gradients = List.of(1f, 0f, -1f, 2f, 0f, -2f, 1f, 0f, -1f, 1f, 2f, 1f, 0f, 0f, 0f, -1f, -2f, -1f);
        return add(new Layer.FixedConv2d("sobel.1", 1, 2, 3, 1, edge, gradients))
                .tap("sobel");
    }

    /** Appends a layer. */
    public NetworkBuilder add(Layer layer) {
        layers.add(layer);
        shape(); // fails at the layer that does not fit
        return this;
    }

    /** Layers to append that PyTorch's {@code Sequential} of that name would hold. */
    public Sequential sequential(String prefix) {
        return new Sequential(this, prefix);
    }

    /** Names what the last layer leaves. */
    public NetworkBuilder tap(String tap) {
        if (taps.putIfAbsent(tap, layers.size()) != null) {
            throw new IllegalArgumentException("names of taps must be unique, '" + tap + "' comes twice");
        }
        return this;
    }

    /** What the last layer leaves of one image. */
    public TensorShape shape() {
        return Shapes.after(input, layers);
    }

    /**
     * The network of all layers so far.
     *
     * @param head the name of the head's parameters
     */
    public Network build(String head) {
        return new Network(name, input, layers, taps, head);
    }
}
