package io.uad.runtime.plugin;

import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunListener;

/** A listener that works, for tests that load it by its class. */
public final class Silent implements ListenerProvider {
    @Override
    public String name() {
        return "silent";
    }

    @Override
    public String description() {
        return "hears everything and says nothing";
    }

    @Override
    public Class<NoOptions> optionsType() {
        return NoOptions.class;
    }

    @Override
    public RunListener create(Options options) {
        return event -> {};
    }
}
