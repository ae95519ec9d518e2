package io.uad.runtime.config;

import io.uad.api.Options;
import io.uad.runtime.plugin.RegisteredComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One block of a complete configuration.
 *
 * @param key in the file; empty for the keys that belong to no block
 * @param component the chosen one; null for the runtime's own settings
 * @param type the record of the options
 * @param options what may stand in it
 * @param values what stands in it, by key; one that is missing must be given and was not
 * @param place of the block
 */
record Section(
        String key,
        @Nullable RegisteredComponent component,
        Class<? extends Record> type,
        List<OptionDescription> options,
        Map<String, Object> values,
        String place) {
    static Section of(String key, Record settings) {
        var type = settings.getClass();
        return new Section(key, null, type, OptionDescription.of(type), OptionRecords.values(settings), "");
    }

    static Section of(ComponentConfig config) {
        var component = config.component();
        var type = component.optionsType();
        return new Section(
                component.stage().key(),
                component,
                type,
                OptionDescription.of(type),
                OptionRecords.values(config.options().as(Record.class)),
                "");
    }

    /** The chosen component's name. */
    String plugin() {
        return Objects.requireNonNull(component).name();
    }

    /**
     * The values as the record of the runtime's settings.
     *
     * @throws io.uad.api.UadException if the record refuses them
     */
    <R extends Record> R settings(Class<R> as) {
        return as.cast(OptionRecords.make(type, values, OptionReader.where(place, key)));
    }

    /**
     * The chosen component with the values as its options.
     *
     * @throws io.uad.api.UadException if their record refuses them
     */
    ComponentConfig componentConfig() {
        return new ComponentConfig(Objects.requireNonNull(component), Options.of(settings(Record.class)));
    }

    /** Whether every key that must be given was. */
    boolean complete() {
        return complete(options, values);
    }

    private static boolean complete(List<OptionDescription> options, Map<String, Object> values) {
        return options.stream().allMatch(option -> {
            var value = values.get(option.key());
            return value != null
                    && (option.nested().isEmpty() || complete(option.nested(), OptionRecords.block(value)));
        });
    }
}
