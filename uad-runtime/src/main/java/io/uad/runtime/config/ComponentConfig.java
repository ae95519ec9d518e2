package io.uad.runtime.config;

import io.uad.api.Options;
import io.uad.runtime.plugin.RegisteredComponent;

/**
 * A component that the configuration chose, with its options.
 *
 * @param component whose it is
 * @param options checked, an instance of {@link RegisteredComponent#optionsType()}
 */
public record ComponentConfig(RegisteredComponent component, Options options) {
    /** The component's name within its stage. */
    public String name() {
        return component.name();
    }

    /**
     * Makes the component.
     *
     * @param type the stage's component interface
     * @throws io.uad.api.UadException as {@link RegisteredComponent#create}
     */
    public <C> C create(Class<C> type) {
        return component.create(type, options);
    }
}
