package ${package};

import io.uad.api.Options;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.BackboneProvider;

/** Registers {@code ${name}}. */
public final class ${className}Provider implements BackboneProvider {
    @Override
    public String name() {
        return "${name}";
    }

    @Override
    public String description() {
        return "A few blocks of convolution, batch normalisation, ReLU and max pooling";
    }

    @Override
    public Class<${className}Options> optionsType() {
        return ${className}Options.class;
    }

    @Override
    public Backbone create(Options options) {
        return new ${className}Backbone(options.as(${className}Options.class));
    }
}
