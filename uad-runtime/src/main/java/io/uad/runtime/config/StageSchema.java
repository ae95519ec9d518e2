package io.uad.runtime.config;

import io.uad.runtime.plugin.PluginRegistry;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The block of a stage as JSON Schema: the plugin's name decides which options may stand beside it. */
final class StageSchema {
    private final PluginRegistry registry;
    private final Stage stage;
    private final List<RegisteredComponent> components;

    StageSchema(PluginRegistry registry, Stage stage) {
        this.registry = registry;
        this.stage = stage;
        this.components = registry.components(stage);
    }

    /** The name that the block of a component's options has among the definitions. */
    static String definition(RegisteredComponent component) {
        return component.stage().key() + "-" + component.name();
    }

    /** The whole block of a component: its options and the key {@code plugin}. */
    static Map<String, Object> options(RegisteredComponent component) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put(OptionReader.PLUGIN, true); // the stage's block says what it may be
        properties.putAll(OptionSchema.properties(OptionDescription.of(component.optionsType()), component.id()));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", component.description());
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** A block whose plugin may be left out for the default, if that is installed. */
    Map<String, Object> block(String description) {
        return block(description, registry.lookUp(stage, Defaults.plugin(stage)));
    }

    /** A list of names and of blocks that name their plugin. */
    Map<String, Object> list(String description) {
        var name = new LinkedHashMap<String, Object>();
        name.put("description", "a plugin with its default options");
        name.put("type", "string");
        name.put("anyOf", names());
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", description);
        schema.put("type", "array");
        schema.put("items", Map.of("anyOf", List.of(name, block("a plugin and its options", Optional.empty()))));
        schema.put("uniqueItems", true);
        schema.put("default", Defaults.LISTENERS);
        return schema;
    }

    private Map<String, Object> block(String description, Optional<RegisteredComponent> standard) {
        var plugin = new LinkedHashMap<String, Object>();
        plugin.put("description", "what serves as " + stage.key());
        plugin.put("type", "string");
        plugin.put("anyOf", names());
        standard.ifPresent(component -> plugin.put("default", component.name()));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", description);
        schema.put("type", "object");
        schema.put("properties", Map.of(OptionReader.PLUGIN, plugin));
        if (standard.isEmpty()) {
            schema.put("required", List.of(OptionReader.PLUGIN));
        }
        if (!components.isEmpty()) { // JSON Schema allows no empty list here
            schema.put(
                    "allOf",
                    components.stream()
                            .map(component -> choice(component, standard.equals(Optional.of(component))))
                            .toList());
        }
        return schema;
    }

    /** {@code if} without {@code required} also holds for a block that names no plugin. */
    private Map<String, Object> choice(RegisteredComponent component, boolean isStandard) {
        var condition = new LinkedHashMap<String, Object>();
        condition.put("properties", Map.of(OptionReader.PLUGIN, Map.of("anyOf", names(component))));
        if (!isStandard) {
            condition.put("required", List.of(OptionReader.PLUGIN));
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("if", condition);
        schema.put("then", Map.of("$ref", "#/$defs/" + definition(component)));
        return schema;
    }

    /** Every name that chooses a component; none matches if none is installed. */
    private List<Map<String, Object>> names() {
        var names = new ArrayList<Map<String, Object>>();
        for (var component : components) {
            for (var name : names(component)) {
                var described = new LinkedHashMap<>(name);
                described.put("description", component.description());
                names.add(described);
            }
        }
        if (stage == Stage.DECODER) {
            names.add(Map.of("const", RunConfig.NO_DECODER, "description", "all images are decoded in full"));
        }
        return names.isEmpty() ? List.of(Map.of("not", Map.of())) : names;
    }

    private List<Map<String, Object>> names(RegisteredComponent component) {
        var name = Map.<String, Object>of("const", component.name());
        var shouted = component.name().toUpperCase(Locale.ROOT);
        if (shouted.equals(component.name()) || !registry.lookUp(stage, shouted).equals(Optional.of(component))) {
            return List.of(name);
        }
        return List.of(name, Map.of("pattern", anyCase(component.name())));
    }

    private static String anyCase(String name) {
        var pattern = new StringBuilder("^");
        name.chars().forEach(letter -> {
            if (Character.isLetter(letter)) {
                pattern.append('[')
                        .append((char) letter)
                        .append((char) Character.toUpperCase(letter))
                        .append(']');
            } else {
                pattern.append((char) letter);
            }
        });
        return pattern.append('$').toString();
    }
}
