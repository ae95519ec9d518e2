package io.uad.runtime.config;

import io.uad.runtime.config.ConfigNode.Scalar;
import io.uad.runtime.config.ConfigNode.Style;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Turns a scalar into the Java value of an option, by the core schema of YAML 1.2. */
final class ScalarReader {
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private ScalarReader() {}

    /** The value; empty if the scalar is of another type or out of range. */
    static Optional<Object> read(OptionDescription option, Scalar scalar) {
        var type = option.type().javaType();
        if (scalar.isNull()) {
            return Optional.empty();
        }
        if (type == String.class) {
            return Optional.of(scalar.text());
        }
        if (type.isEnum()) {
            return constant(type, scalar.text());
        }
        if (scalar.style() == Style.QUOTED) {
            return Optional.empty();
        }
        if (option.type().automatic() && scalar.text().equals("auto")) {
            return Optional.of(type == OptionalInt.class ? OptionalInt.empty() : OptionalDouble.empty());
        }
        return switch (option.type().kind()) {
            case WHOLE_NUMBER ->
                whole(scalar.text()).filter(value -> inRange(option, value)).flatMap(value -> fit(type, value));
            case NUMBER ->
                number(scalar.text()).filter(value -> inRange(option, value)).map(value -> fit(type, value));
            case TRUTH -> truth(scalar.text());
            default -> Optional.empty();
        };
    }

    private static Optional<Object> constant(Class<?> type, String word) {
        for (var constant : type.getEnumConstants()) {
            if (KebabCase.of((Enum<?>) constant).equals(word)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    private static Optional<Object> truth(String word) {
        return switch (word) {
            case "true", "True", "TRUE" -> Optional.of(true);
            case "false", "False", "FALSE" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> whole(String text) {
        try {
            if (DECIMAL.matcher(text).matches()) {
                return Optional.of(Long.parseLong(text));
            }
            if (HEXADECIMAL.matcher(text).matches()) {
                return Optional.of(Long.parseLong(text.substring(2), 16));
            }
            if (OCTAL.matcher(text).matches()) {
                return Optional.of(Long.parseLong(text.substring(2), 8));
            }
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // more than 64 bits
        }
    }

    private static Optional<Double> number(String text) {
        return FLOAT.matcher(text).matches()
                ? Optional.of(Double.parseDouble(text)).filter(Double::isFinite)
                : whole(text).map(Long::doubleValue);
    }

    private static boolean inRange(OptionDescription option, double value) {
        var belowMin = option.minExclusive() ? value <= option.min() : value < option.min();
        return !belowMin && value <= option.max();
    }

    private static Optional<Object> fit(Class<?> type, long value) {
        if (type == long.class || type == Long.class) {
            return Optional.of(value);
        }
        if (value != (int) value) {
            return Optional.empty();
        }
        return Optional.of(type == OptionalInt.class ? OptionalInt.of((int) value) : (Object) (int) value);
    }

    private static Object fit(Class<?> type, double value) {
        return type == OptionalDouble.class ? OptionalDouble.of(value) : (Object) value;
    }
}
