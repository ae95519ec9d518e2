package io.uad.runtime.config;

import io.uad.api.Options;
import io.uad.runtime.plugin.RegisteredComponent;
import java.util.Optional;

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

    /** The value of an option by its key; empty if the component has no such option. */
    public Optional<Object> option(String key) {
        return Optional.ofNullable(
                OptionRecords.values(options.as(Record.class)).get(key));
    }

    /**
     * The same component with one option changed; unchanged if it has no such option.
     *
     * @param value of the type of the record's component
     */
    public ComponentConfig with(String key, Object value) {
        var values = OptionRecords.values(options.as(Record.class));
        if (!values.containsKey(key)) {
            return this;
        }
        values.put(key, value);
        return new ComponentConfig(
                component, Options.of(OptionRecords.make(component.optionsType(), values, component.id())));
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
