package io.uad.api.backbone;

/**
 * Describes a network for an input size; what computes it is an engine.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Backbone {
    /**
     * The network for square RGB inputs of that side; equal sides give equal networks.
     *
     * @param side in pixels, at least 1
     * @throws io.uad.api.UadException of kind CONFIG, naming the smallest side that works, if this one is too small
     */
    Network network(int side);
}
