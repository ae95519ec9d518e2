package io.uad.runtime.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The type of an option.
 *
 * @param javaType of the value, or of each element of a list
 * @param list whether it is a list
 */
public record OptionType(Class<?> javaType, boolean list) {
    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, long.class, Integer.class, Long.class, OptionalInt.class);
    private static final Set<Class<?>> REAL = Set.of(double.class, Double.class, OptionalDouble.class);
    private static final Set<Class<?>> TRUTH = Set.of(boolean.class, Boolean.class);

    /** What the value is in the file. */
    public enum Kind {
        WHOLE_NUMBER("whole number"),
        NUMBER("number"),
        TRUTH("true or false"),
        TEXT("text"),
        CHOICE("choice"),
        BLOCK("block");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** @throws IllegalArgumentException if the type is not one of those that an option may have */
    static OptionType of(RecordComponent component) {
        if (component.getType() == List.class
                && component.getGenericType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0] instanceof Class<?> element
                && !element.isRecord()) {
            return supported(new OptionType(element, true));
        }
        return supported(new OptionType(component.getType(), false));
    }

    /** What the value, or each element of a list, is in the file. */
    public Kind kind() {
        if (WHOLE.contains(javaType)) {
            return Kind.WHOLE_NUMBER;
        }
        if (REAL.contains(javaType)) {
            return Kind.NUMBER;
        }
        if (TRUTH.contains(javaType)) {
            return Kind.TRUTH;
        }
        if (javaType == String.class) {
            return Kind.TEXT;
        }
        return javaType.isEnum() ? Kind.CHOICE : Kind.BLOCK;
    }

    /** Whether the word {@code auto} may stand for the value. */
    public boolean automatic() {
        return javaType == OptionalInt.class || javaType == OptionalDouble.class;
    }

    /** Such as {@code list of number} or {@code whole number or auto}. */
    public String words() {
        return (list ? "list of " : "") + kind() + (automatic() ? " or auto" : "");
    }

    /** The words of an enum; empty for other types. */
    List<String> choices() {
        return javaType.isEnum()
                ? Arrays.stream(javaType.getEnumConstants())
                        .map(constant -> KebabCase.of((Enum<?>) constant))
                        .toList()
                : List.of();
    }

    private static OptionType supported(OptionType type) {
        if (type.kind() == Kind.BLOCK && !type.javaType.isRecord()) {
            throw new IllegalArgumentException("an option cannot be of type " + type.javaType.getName());
        }
        return type;
    }
}
