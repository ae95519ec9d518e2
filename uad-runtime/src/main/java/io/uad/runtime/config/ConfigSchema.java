package io.uad.runtime.config;

import io.uad.runtime.plugin.PluginRegistry;
import io.uad.runtime.plugin.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configuration file as JSON Schema (draft 2020-12), so that editors complete and check it.
 *
 * <p>It knows the plugins that are installed and their options with types, ranges, choices, defaults and descriptions.
 * Unknown keys are refused, as the reader refuses them. Everything may be left out, also what must be given in the end:
 * the command line may give it. What a record checks beyond its {@code @Option}s, such as two options that must fit
 * together, only {@link ConfigReader} knows.
 */
public final class ConfigSchema {
    private static final Map<String, String> BLOCKS = Map.ofEntries(
            Map.entry("dataset", "what is learned from"),
            Map.entry("image", "how images are read"),
            Map.entry(
                    "decoder",
                    "what decodes large JPEG files at a fraction of their size; without it all are decoded in full"),
            Map.entry("backbone", "the network"),
            Map.entry("engine", "what computes"),
            Map.entry("fusion", "which activations become a row of features"),
            Map.entry("reduction", "how rows are made shorter"),
            Map.entry("clustering", "what groups the rows; the clusters are the pseudo-labels"),
            Map.entry("uncertainty", "how far each pseudo-label is trusted"),
            Map.entry("sampling", "how samples are drawn for an epoch"),
            Map.entry("training", "how the network learns from its pseudo-labels"),
            Map.entry("checkpoint", "when the run is written down"),
            Map.entry("listener", "who watches the run; each once"));

    private ConfigSchema() {}

    /**
     * The schema for the plugins of a registry, as maps, lists, strings, numbers and truth values.
     *
     * @throws io.uad.api.UadException of kind PLUGIN if a plugin describes its options wrongly
     */
    public static Map<String, Object> of(PluginRegistry registry) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "UAD configuration");
        schema.put("description", "An experiment. What is left out has its default.");
        schema.put("type", "object");
        schema.put("properties", properties(registry));
        schema.put("additionalProperties", false);
        schema.put("$defs", definitions(registry));
        return schema;
    }

    private static Map<String, Object> properties(PluginRegistry registry) {
        var properties = OptionSchema.properties(OptionDescription.of(GeneralSettings.class), "");
        for (var key : RunConfig.BLOCKS) {
            var settings = RunConfig.SETTINGS.get(key);
            properties.put(
                    key,
                    settings == null
                            ? new StageSchema(registry, Stage.of(key)).block(description(key))
                            : settings(key, settings));
        }
        var listener = Stage.LISTENER.key();
        properties.put(listener, new StageSchema(registry, Stage.LISTENER).list(description(listener)));
        return properties;
    }

    private static Map<String, Object> settings(String key, Class<? extends Record> type) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", description(key));
        schema.put("type", "object");
        schema.put("properties", OptionSchema.properties(OptionDescription.of(type), key));
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> definitions(PluginRegistry registry) {
        var definitions = new LinkedHashMap<String, Object>();
        for (var component : registry.components()) {
            definitions.put(StageSchema.definition(component), StageSchema.options(component));
        }
        return definitions;
    }

    private static String description(String key) {
        return BLOCKS.getOrDefault(key, key);
    }
}
