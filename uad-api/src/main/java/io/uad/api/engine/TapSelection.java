package io.uad.api.engine;

import java.util.List;

/**
 * A tap, or some channels of it.
 *
 * @param tap one of the network's taps, or {@link io.uad.api.backbone.Network#TOP}
 * @param channels which channels, counted from 0, in this order; empty for all
 * @since 0.1
 */
public record TapSelection(String tap, List<Integer> channels) {
    public TapSelection {
        channels = List.copyOf(channels);
    }

    /** The whole tap. */
    public static TapSelection all(String tap) {
        return new TapSelection(tap, List.of());
    }
}
