package io.uad.runtime.plugin;

import io.uad.api.image.Image;
import io.uad.api.image.ScaledDecoder;
import java.util.Optional;

/** A decoder whose failures name it, and whose images are checked. */
record GuardedDecoder(RegisteredComponent component, ScaledDecoder decoder) implements ScaledDecoder {
    @Override
    public double reducingGap() {
        var gap = PluginContract.guard(component, "reducingGap()", decoder::reducingGap);
        PluginContract.checkGap(component, gap);
        return gap;
    }

    @Override
    public Optional<Image> decode(byte[] jpeg, int width, int height, int reduction) {
        var image = PluginContract.guard(component, "decode()", () -> decoder.decode(jpeg, width, height, reduction));
        image.ifPresent(made -> PluginContract.check(
                component, made, ScaledDecoder.reduced(width, reduction), ScaledDecoder.reduced(height, reduction)));
        return image;
    }
}
