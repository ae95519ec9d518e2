package ${package};

import io.uad.api.Options;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunListener;

/** Registers {@code ${name}}. */
public final class ${className}Provider implements ListenerProvider {
    @Override
    public String name() {
        return "${name}";
    }

    @Override
    public String description() {
        return "A line per epoch and figure in epochs.csv, in the folder of the run";
    }

    @Override
    public Class<${className}Options> optionsType() {
        return ${className}Options.class;
    }

    @Override
    public RunListener create(Options options) {
        return new ${className}Listener(options.as(${className}Options.class));
    }
}
