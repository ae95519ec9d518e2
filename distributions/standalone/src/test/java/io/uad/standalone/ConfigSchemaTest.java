package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.uad.api.UadException;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.ConfigSchema;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plugin.PluginRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The schema of the configuration against a validator, with every plugin that is shipped, beside the reader's verdict. */
class ConfigSchemaTest {
    private static final PluginRegistry REGISTRY = PluginRegistry.load(ConfigSchemaTest.class.getClassLoader());
    private static final ConfigReader READER = new ConfigReader(REGISTRY, PresetSource.folder(Path.of("no-presets")));
    private static final JsonSchemaFactory DRAFT_2020_12 =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final JsonNode SCHEMA = new ObjectMapper().valueToTree(ConfigSchema.of(REGISTRY));
    private static final JsonSchema VALIDATOR = DRAFT_2020_12.getSchema(SCHEMA);

    static Stream<Path> presets() throws IOException {
        try (var files = Files.list(Path.of("src/main/presets"))) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void theSchemaObeysItsMetaschema() {
        var metaschema = DRAFT_2020_12.getSchema(SchemaLocation.of(SchemaId.V202012));
        assertEquals(List.of(), messages(metaschema, SCHEMA));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetIsValid(Path preset) throws IOException {
        assertEquals(List.of(), errors(Files.readString(preset)));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void whatConfigShowWritesIsValid(Path preset) throws IOException {
        var layer = ConfigLayer.text(preset.toString(), Files.readString(preset));
        assertEquals(List.of(), errors(READER.show(List.of(layer))));
    }

    @Test
    void everyComponentIsValidWithItsDefaults() {
        for (var component : REGISTRY.components()) {
            var block = "{plugin: " + component.name() + "}";
            var isListener = component.stage().key().equals("listener");
            assertEquals(List.of(), errors(component.stage().key() + ": " + (isListener ? "[" + block + "]" : block)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "seed: -7",
                "seed: 9007199254740993",
                "output: 2024",
                "dataset: {path: photos}",
                "dataset: {plugin: features, unit-rows: true}",
                "clustering: {k: 7}",
                "clustering: {plugin: Kmeans, k: 7}",
                "clustering: {plugin: PIC, sigma: auto}",
                "clustering: {plugin: pic, sigma: 0.2}",
                "clustering: {k: auto}",
                "reduction: {components: 0x10}",
                "backbone: {plugin: mlp, hidden: [512, 256]}",
                "fusion: {low: {channels: auto}}",
                "fusion: {plugin: balanced-concat, low: {redraw: epoch}}",
                "training: {schedule: cosine, warm-up: 5, max-gradient-norm: 10, head: matched}",
                "listener: []",
                "listener: [jsonl, {plugin: console}]",
                "listener: [{plugin: jsonl, every-steps: 5}]"
            })
    void whatTheReaderAcceptsIsValid(String yaml) {
        assertDoesNotThrow(() -> READER.missing(List.of(ConfigLayer.text("my.yaml", yaml))));
        assertEquals(List.of(), errors(yaml));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sead: 31", // unknown keys
                "clustering: {kk: 7}",
                "fusion: {low: {chanels: 8}}",
                "training: {plugin: sgd}",
                "seed: many", // wrong types
                "training: {epochs: '200'}",
                "training: {epochs: auto}",
                "training: {learning-rate: true}",
                "training: {schedule: linear}",
                "backbone: {sobel: 1}",
                "backbone: {plugin: mlp, hidden: 512}",
                "backbone: {plugin: mlp, hidden: [wide]}",
                "fusion: {low: pool1}",
                "clustering: kmeans",
                "clustering:",
                "training: [200]",
                "output: null",
                "training: {epochs: 0}", // out of range
                "training: {batch: 65537}",
                "training: {epochs: 3000000000}",
                "sampling: {reassign: 0}",
                "image: {workers: 0}",
                "backbone: {plugin: mlp, hidden: [0]}",
                "backbone: {plugin: alexnett}", // unknown plugins
                "backbone: {plugin: AlexNet}",
                "clustering: {plugin: 3}",
                "clustering: {plugin: null}",
                "listener: [consol]",
                "clustering: {plugin: pic, k: 7}", // options of another plugin
                "clustering: {plugin: PIC, k: 7}",
                "clustering: {sigma: auto}",
                "uncertainty: {plugin: uniform, gamma: 0.5}",
                "fusion: {plugin: high-only, low: {channels: 8}}",
                "listener: [{plugin: console, every-steps: 5}]",
                "listener: console", // lists
                "listener: [{every-steps: 5}]",
                "listener: [null]",
                "listener: [console, console]"
            })
    void whatTheReaderRefusesIsInvalid(String yaml) {
        assertThrows(UadException.class, () -> READER.missing(List.of(ConfigLayer.text("my.yaml", yaml))));
        assertFalse(errors(yaml).isEmpty(), yaml);
    }

    private static List<String> errors(String yaml) {
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        return messages(VALIDATOR, new ObjectMapper().valueToTree(new Load(settings).loadFromString(yaml)));
    }

    private static List<String> messages(JsonSchema schema, JsonNode node) {
        return schema.validate(node).stream().map(ValidationMessage::toString).toList();
    }
}
