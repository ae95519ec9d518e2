package io.uad.plugin.fusion.concat;

import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.TapSelection;

/** Looks taps up, with an error for people. */
final class Taps {
    /** Leaves the choice to the network. */
    static final String AUTO = "auto";

    private Taps() {}

    static String low(Network network, String tap, String key) {
        return tap.equals(AUTO) && hasTaps(network, key) ? network.lowTap() : known(network, tap, key);
    }

    static String high(Network network, String tap, String key) {
        return tap.equals(AUTO) && hasTaps(network, key) ? network.highTap() : known(network, tap, key);
    }

    /** The shape of what a selection reads. */
    static TensorShape shape(Network network, TapSelection selection) {
        var shape = network.shapeAt(selection.tap());
        return selection.channels().isEmpty()
                ? shape
                : new TensorShape(selection.channels().size(), shape.height(), shape.width());
    }

    private static String known(Network network, String tap, String key) {
        if (!network.taps().containsKey(tap)) {
            throw UadException.config(
                    "the backbone " + network.name() + " has no tap '" + tap + "'",
                    key,
                    AUTO + " or one of " + String.join(", ", network.taps().keySet()),
                    "Choose a tap of this backbone");
        }
        return tap;
    }

    private static boolean hasTaps(Network network, String key) {
        if (network.taps().isEmpty()) {
            throw UadException.config(
                    "the backbone " + network.name() + " has no taps", key, "a backbone with taps", "Choose another");
        }
        return true;
    }
}
