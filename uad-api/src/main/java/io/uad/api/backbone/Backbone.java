package io.uad.api.backbone;

import io.uad.api.TensorShape;
import io.uad.api.UadException;

/**
 * Describes a network for a shape of inputs; what computes it is an engine.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Backbone {
    /**
     * The network for inputs of that shape; equal shapes give equal networks.
     *
     * @param input {@link TensorShape#image} of the configured side for images, {@link TensorShape#vector} for vectors
     * @throws UadException of kind CONFIG if this backbone cannot take it; for an image that is too small it names the
     *     smallest side that works
     */
    Network network(TensorShape input);

    /**
     * The side of a square RGB input, for backbones that take nothing else.
     *
     * @param name the backbone's, for the message
     * @return in pixels
     * @throws UadException of kind CONFIG if the input is anything else
     */
    static int imageSide(String name, TensorShape input) {
        // A vector of three has the shape of a single pixel, which no such backbone takes either.
        if (!input.equals(TensorShape.image(input.width())) || input.equals(TensorShape.vector(3))) {
            throw UadException.config(
                    name + " takes square RGB images and cannot take inputs of shape " + input,
                    "backbone.plugin",
                    "a backbone for such inputs",
                    "For vectors choose one that takes them, such as mlp");
        }
        return input.width();
    }
}
