package io.uad.plugin.fusion.concat;

import io.uad.api.engine.Activation;

/** Checks that an activation is what a layout was made for. */
final class Part {
    private Part() {}

    /** The activation's values, {@code [samples, width]}. */
    static float[] values(Activation activation, String name, int samples, int width) {
        if (activation.samples() != samples || activation.shape().size() != width) {
            throw new IllegalArgumentException("part " + name + " must be " + samples + " rows of " + width + ", was "
                    + activation.samples() + " of " + activation.shape());
        }
        return activation.values();
    }
}
