package io.uad.runtime.feature;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a tap.
 *
 * @param tap one of the network's
 * @param map the activation of one image there
 * @param pooling how it is shrunk; null to keep all of it
 */
public record TapReading(
        String tap, TensorShape map, @Nullable AveragePooling pooling) {
    /** The probe's pool for a map of any size: at most 9600 features where there are no more channels. */
    public static TapReading pooled(Network network, String tap) {
        var map = network.shapeAt(tap);
        return new TapReading(tap, map, AveragePooling.fitting(map));
    }

    /** The whole activation. */
    public static TapReading whole(Network network, String tap) {
        return new TapReading(tap, network.shapeAt(tap), null);
    }

    /** How many features that makes. */
    public int columns() {
        return (pooling == null ? map : pooling.after(map)).size();
    }

    /** {@code [B, columns]}. */
    float[] of(Activation activation) {
        return pooling == null ? activation.values() : pooling.pool(activation);
    }
}
