package io.uad.testkit.contract;

import io.uad.api.Option;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Makes an options record from what its annotations say, as a configuration that gives nothing does. */
final class OptionDefaults {
    private static final String AUTO = "auto";

    private final boolean preferAuto;

    private OptionDefaults(boolean preferAuto) {
        this.preferAuto = preferAuto;
    }

    /**
     * The record of all defaults.
     *
     * @throws NoDefaultException if a component must be given
     */
    static Record of(Class<? extends Record> type) {
        return new OptionDefaults(false).record(type);
    }

    /** The same with every number that may be {@code auto} left so, which suits any number of rows. */
    static Record automatic(Class<? extends Record> type) {
        return new OptionDefaults(true).record(type);
    }

    /**
     * One component's default.
     *
     * @throws NoDefaultException if it must be given
     * @throws IllegalArgumentException if it is no value of the component's type
     */
    static Object value(RecordComponent component) {
        return new OptionDefaults(false).defaultOf(component);
    }

    private Record record(Class<? extends Record> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Arrays.stream(components).map(this::defaultOf).toArray();
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(type.getName() + " refuses its own defaults: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be made: " + e, e);
        }
    }

    private Object defaultOf(RecordComponent component) {
        var type = component.getType();
        if (type.isRecord()) {
            return record(type.asSubclass(Record.class));
        }
        var option = component.getAnnotation(Option.class);
        if (option == null) {
            throw new IllegalArgumentException(component.getName() + " has no @Option");
        }
        if (option.defaultValue().equals(Option.REQUIRED)) {
            throw new NoDefaultException(component.getName());
        }
        return parse(option.defaultValue(), component.getGenericType());
    }

    private Object parse(String text, Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(text, list.getActualTypeArguments()[0]);
        }
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class || type == Long.class) {
            return Long.valueOf(text);
        }
        if (type == double.class || type == Double.class) {
            return Double.valueOf(text);
        }
        if (type == boolean.class || type == Boolean.class) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("neither true nor false: " + text);
            }
            return Boolean.valueOf(text);
        }
        if (type == String.class) {
            return text;
        }
        if (type == OptionalInt.class) {
            return preferAuto || text.equals(AUTO) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        }
        if (type == OptionalDouble.class) {
            return preferAuto || text.equals(AUTO)
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(text));
        }
        if (type instanceof Class<?> words && words.isEnum()) {
            return Arrays.stream(words.getEnumConstants())
                    .filter(word -> kebabCase((Enum<?>) word).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such word: " + text));
        }
        throw new IllegalArgumentException("options cannot be of the type " + type.getTypeName());
    }

    private List<Object> list(String text, Type element) {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            throw new IllegalArgumentException("no list: " + text);
        }
        var values = new ArrayList<Object>();
        var inside = text.substring(1, text.length() - 1).strip();
        if (!inside.isEmpty()) {
            for (var one : inside.split(",", -1)) {
                values.add(parse(one.strip(), element));
            }
        }
        return values;
    }

    private static String kebabCase(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
