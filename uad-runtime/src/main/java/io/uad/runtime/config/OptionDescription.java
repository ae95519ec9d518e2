package io.uad.runtime.config;

import io.uad.api.ErrorKind;
import io.uad.api.Option;
import io.uad.api.UadException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An option as its record declares it, for reading and for describing it.
 *
 * @param key in the file, kebab-case
 * @param type of the value
 * @param defaultValue as it would stand in the file; empty if the key must be given, and for blocks
 * @param min smallest number, of a list: of each element; negative infinity for none
 * @param minExclusive whether {@code min} itself is refused
 * @param max largest number; infinity for none
 * @param choices the words of an enum; empty for other types
 * @param nested the options of a block; empty for other types
 * @param description one sentence
 */
public record OptionDescription(
        String key,
        OptionType type,
        Optional<String> defaultValue,
        double min,
        boolean minExclusive,
        double max,
        List<String> choices,
        List<OptionDescription> nested,
        String description) {
    public OptionDescription {
        choices = List.copyOf(choices);
        nested = List.copyOf(nested);
    }

    /**
     * The options of a record, in its order.
     *
     * @throws UadException of kind PLUGIN if a component lacks {@link Option} or has a type that no option may have
     */
    public static List<OptionDescription> of(Class<? extends Record> type) {
        var options = new ArrayList<OptionDescription>();
        for (var component : type.getRecordComponents()) {
            var option = component.getAnnotation(Option.class);
            if (option == null) {
                throw broken(type, component, "has no @Option");
            }
            try {
                options.add(of(component, option));
            } catch (IllegalArgumentException e) {
                throw broken(type, component, String.valueOf(e.getMessage()));
            }
        }
        return options;
    }

    /** Whether the key must be given. */
    public boolean required() {
        return type.kind() != OptionType.Kind.BLOCK && defaultValue.isEmpty();
    }

    /** What a value must be, such as {@code a whole number, 1 or more}. */
    public String expected() {
        var value = one();
        if (type.list()) {
            return "a list, each of it " + value;
        }
        return type.automatic() ? value + ", or auto" : value;
    }

    private String one() {
        return switch (type.kind()) {
            case WHOLE_NUMBER -> "a whole number" + range();
            case NUMBER -> "a number" + range();
            case TRUTH -> "true or false";
            case TEXT -> "text";
            case CHOICE -> "one of " + String.join(", ", choices);
            case BLOCK ->
                "a block of "
                        + String.join(
                                ", ",
                                nested.stream().map(OptionDescription::key).toList());
        };
    }

    private String range() {
        var hasMin = min != Double.NEGATIVE_INFINITY;
        var hasMax = max != Double.POSITIVE_INFINITY;
        if (hasMin && minExclusive) {
            return " above " + number(min) + (hasMax ? ", up to " + number(max) : "");
        }
        if (hasMin) {
            return hasMax ? " from " + number(min) + " to " + number(max) : ", " + number(min) + " or more";
        }
        return hasMax ? ", " + number(max) + " or less" : "";
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }

    private static OptionDescription of(RecordComponent component, Option option) {
        var type = OptionType.of(component);
        var isBlock = type.kind() == OptionType.Kind.BLOCK;
        return new OptionDescription(
                KebabCase.of(component.getName()),
                type,
                Optional.of(option.defaultValue()).filter(value -> !isBlock && !value.equals(Option.REQUIRED)),
                option.min(),
                option.minExclusive(),
                option.max(),
                type.choices(),
                isBlock ? of(type.javaType().asSubclass(Record.class)) : List.of(),
                option.description());
    }

    private static UadException broken(Class<?> type, RecordComponent component, String found) {
        return new UadException(
                ErrorKind.PLUGIN,
                component.getName() + " " + found,
                type.getName(),
                "record components as the javadoc of @Option says",
                "Update or remove the plugin");
    }

    /** The keys of some options. */
    static List<String> keys(List<OptionDescription> options) {
        return options.stream().map(OptionDescription::key).toList();
    }

    /** The option of that key. */
    static Optional<OptionDescription> find(List<OptionDescription> options, String key) {
        return options.stream().filter(option -> option.key().equals(key)).findFirst();
    }
}
