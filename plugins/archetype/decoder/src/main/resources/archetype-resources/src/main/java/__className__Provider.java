package ${package};

import io.uad.api.Options;
import io.uad.api.image.DecoderProvider;
import io.uad.api.image.ScaledDecoder;

/** Registers {@code ${name}}. */
public final class ${className}Provider implements DecoderProvider {
    @Override
    public String name() {
        return "${name}";
    }

    @Override
    public String description() {
        return "means of blocks of what Java decodes in full";
    }

    @Override
    public Class<${className}Options> optionsType() {
        return ${className}Options.class;
    }

    @Override
    public ScaledDecoder create(Options options) {
        return new ${className}Decoder(options.as(${className}Options.class));
    }
}
