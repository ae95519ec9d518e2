package io.uad.plugin.decoder.leptonica;

import io.uad.api.Options;
import io.uad.api.image.DecoderProvider;
import io.uad.api.image.ScaledDecoder;

/** Registers {@code leptonica}. */
public final class LeptonicaProvider implements DecoderProvider {
    @Override
    public String name() {
        return "leptonica";
    }

    @Override
    public String description() {
        return "large JPEG files at 1/2, 1/4 or 1/8 of their size, by libjpeg-turbo in the library Leptonica";
    }

    @Override
    public Class<LeptonicaOptions> optionsType() {
        return LeptonicaOptions.class;
    }

    @Override
    public ScaledDecoder create(Options options) {
        Library.load();
        return new LeptonicaDecoder(options.as(LeptonicaOptions.class));
    }
}
