package ${package};

import io.uad.api.Options;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;
import java.nio.file.Path;

/** Registers {@code ${name}}. */
public final class ${className}Provider implements DatasetProvider {
    @Override
    public String name() {
        return "${name}";
    }

    @Override
    public String description() {
        return "The images that a text file lists, with their classes";
    }

    @Override
    public Class<${className}Options> optionsType() {
        return ${className}Options.class;
    }

    @Override
    public Dataset create(Options options) {
        return ${className}Dataset.open(Path.of(options.as(${className}Options.class).path()));
    }
}
