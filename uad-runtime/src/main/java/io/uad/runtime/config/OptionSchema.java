package io.uad.runtime.config;

import io.uad.runtime.config.ConfigNode.Block;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Options as JSON Schema. What a value may be is what {@link ScalarReader} reads, once YAML is parsed. */
final class OptionSchema {
    private static final double LARGEST_EXACT = 1L << 53;

    private OptionSchema() {}

    /**
     * The options of a record by key, with their defaults.
     *
     * @param owner whose options these are, for messages
     * @throws io.uad.api.UadException of kind PLUGIN if a default is not allowed
     */
    static Map<String, Object> properties(List<OptionDescription> options, String owner) {
        return properties(options, new OptionReader().read(options, new Block(Map.of(), ""), "", owner));
    }

    private static Map<String, Object> properties(List<OptionDescription> options, Map<String, Object> defaults) {
        var properties = new LinkedHashMap<String, Object>();
        for (var option : options) {
            properties.put(option.key(), property(option, defaults.get(option.key())));
        }
        return properties;
    }

    private static Map<String, Object> property(OptionDescription option, @Nullable Object defaultValue) {
        var schema = new LinkedHashMap<String, Object>();
        var note = option.required() ? " (must be given, here or on the command line)" : "";
        schema.put("description", option.description() + note);
        if (option.type().kind() == OptionType.Kind.BLOCK) {
            schema.put("type", "object");
            schema.put(
                    "properties",
                    properties(option.nested(), defaultValue == null ? Map.of() : OptionRecords.block(defaultValue)));
            schema.put("additionalProperties", false);
            return schema;
        }
        if (option.type().list()) {
            schema.put("type", "array");
            schema.put("items", value(option));
        } else {
            schema.putAll(value(option));
        }
        if (defaultValue != null) {
            schema.put("default", json(defaultValue));
        }
        return schema;
    }

    private static Map<String, Object> value(OptionDescription option) {
        var schema = new LinkedHashMap<String, Object>();
        switch (option.type().kind()) {
            case WHOLE_NUMBER -> {
                schema.put("type", "integer");
                bounds(option, schema);
            }
            case NUMBER -> {
                schema.put("type", "number");
                bounds(option, schema);
            }
            case TRUTH -> schema.put("type", "boolean");
            case CHOICE -> schema.put("enum", option.choices());
            default -> schema.put("type", List.of("string", "number", "boolean")); // 2024 is a folder's name too
        }
        return option.type().automatic() ? Map.of("anyOf", List.of(schema, Map.of("const", "auto"))) : schema;
    }

    private static void bounds(OptionDescription option, Map<String, Object> schema) {
        var type = option.type().javaType();
        var isInt = option.type().kind() == OptionType.Kind.WHOLE_NUMBER && type != long.class && type != Long.class;
        var min = isInt ? Math.max(option.min(), Integer.MIN_VALUE) : option.min();
        var max = isInt ? Math.min(option.max(), Integer.MAX_VALUE) : option.max();
        if (Double.isFinite(min)) {
            schema.put(option.minExclusive() ? "exclusiveMinimum" : "minimum", number(min));
        }
        if (Double.isFinite(max)) {
            schema.put("maximum", number(max));
        }
    }

    /** Without a fraction if it has none. */
    private static Number number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT) {
            return (long) value;
        }
        return value;
    }

    private static Object json(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(OptionSchema::json).toList();
        }
        if (value instanceof Enum<?> constant) {
            return KebabCase.of(constant);
        }
        if (value instanceof OptionalInt number) {
            return number.isPresent() ? number.getAsInt() : "auto";
        }
        if (value instanceof OptionalDouble number) {
            return number.isPresent() ? number.getAsDouble() : "auto";
        }
        return value;
    }
}
