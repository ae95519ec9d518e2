package io.uad.plugin.fusion.concat;

import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;

/** Looks taps up, with an error for people. */
final class Taps {
    private Taps() {}

    static TensorShape shape(Network network, String tap, String key) {
        if (!network.taps().containsKey(tap)) {
            throw UadException.config(
                    "the backbone " + network.name() + " has no tap '" + tap + "'",
                    key,
                    "one of " + String.join(", ", network.taps().keySet()),
                    "Choose a tap of this backbone");
        }
        return network.shapeAt(tap);
    }
}
