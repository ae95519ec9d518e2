package io.uad.cli;

import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plugin.PluginRegistry;
import org.jspecify.annotations.Nullable;

/** What all commands share: the plugins, found when first asked for; the presets; what happens on an interruption. */
final class Environment implements AutoCloseable {
    private final PresetSource presets;
    private final Interruption interruption;
    private final PluginPlaces places = new PluginPlaces();
    private @Nullable PluginRegistry registry;

    Environment(PresetSource presets, Interruption interruption) {
        this.presets = presets;
        this.interruption = interruption;
    }

    PluginRegistry registry() {
        if (registry == null) {
            registry = PluginRegistry.load(Environment.class.getClassLoader(), places.sources());
        }
        return registry;
    }

    /** Closes what was loaded for a look; components that it brought do not work from then on. */
    @Override
    public void close() {
        if (registry != null) {
            registry.close();
            registry = null;
        }
    }

    PluginPlaces places() {
        return places;
    }

    PresetSource presets() {
        return presets;
    }

    ConfigReader reader() {
        return new ConfigReader(registry(), presets);
    }

    Interruption interruption() {
        return interruption;
    }
}
