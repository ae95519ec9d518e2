package io.uad.runtime.config;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns checked values into records of options, and back. */
final class OptionRecords {
    private OptionRecords() {}

    /**
     * Makes a record.
     *
     * @param values every component by its key, as {@link OptionReader} returns them
     * @param where the block, for messages
     * @throws UadException of kind CONFIG if the record refuses the values
     */
    static <R extends Record> R make(Class<R> type, Map<String, Object> values, String where) {
        var components = type.getRecordComponents();
        var arguments = Arrays.stream(components)
                .map(component -> argument(component, values, where))
                .toArray();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw refused(type, e.getCause(), where);
        } catch (ReflectiveOperationException e) {
            throw unreachable(type, e);
        }
    }

    /** A record's values by key; nested records are maps again. */
    static Map<String, Object> values(Record options) {
        var values = new LinkedHashMap<String, Object>();
        for (var component : options.getClass().getRecordComponents()) {
            try {
                var value = component.getAccessor().invoke(options);
                values.put(KebabCase.of(component.getName()), value instanceof Record nested ? values(nested) : value);
            } catch (ReflectiveOperationException e) {
                throw unreachable(options.getClass(), e);
            }
        }
        return values;
    }

    /** A nested block among such values. */
    @SuppressWarnings("unchecked") // made by OptionReader or values()
    static Map<String, Object> block(Object value) {
        return (Map<String, Object>) value;
    }

    private static Object argument(RecordComponent component, Map<String, Object> values, String where) {
        var key = KebabCase.of(component.getName());
        var value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("values lack " + key + " of " + where);
        }
        return component.getType().isRecord()
                ? make(
                        component.getType().asSubclass(Record.class),
                        block(value),
                        where.isEmpty() ? key : where + "." + key)
                : value;
    }

    private static UadException refused(Class<?> type, @Nullable Throwable cause, String where) {
        if (cause instanceof UadException known) {
            return known;
        }
        if (cause instanceof IllegalArgumentException) {
            return UadException.config(String.valueOf(cause.getMessage()), where, "", "Change one of these options");
        }
        return new UadException(
                ErrorKind.PLUGIN,
                "failed: " + cause,
                type.getName(),
                "a record of options",
                "Update the plugin",
                cause);
    }

    private static UadException unreachable(Class<?> type, ReflectiveOperationException cause) {
        return new UadException(
                ErrorKind.PLUGIN,
                "cannot be read: " + cause,
                type.getName(),
                "a public record in an exported package",
                "Update the plugin",
                cause);
    }
}
