package io.uad.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.uad.runtime.plugin.PluginRegistry;
import io.uad.runtime.plugin.PluginSource;
import io.uad.runtime.plugin.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in the schema; whether a validator takes it for what it means is tested with the real plugins. */
class ConfigSchemaTest {
    private static final JsonNode SCHEMA = schema(Fakes.registry());

    private static JsonNode schema(PluginRegistry registry) {
        return new ObjectMapper().valueToTree(ConfigSchema.of(registry));
    }

    private static JsonNode at(String pointer) {
        var node = SCHEMA.at(pointer);
        assertFalse(node.isMissingNode(), pointer);
        return node;
    }

    @Test
    void itsKeysAreThoseOfTheFileInItsOrder() {
        var expected = new ArrayList<>(List.of("seed", "output"));
        expected.addAll(RunConfig.BLOCKS);
        expected.add("listener");
        var keys = new ArrayList<String>();
        at("/properties").fieldNames().forEachRemaining(keys::add);
        assertEquals(expected, keys);
        assertFalse(at("/additionalProperties").asBoolean());
        for (var key : keys) {
            assertFalse(at("/properties/" + key + "/description").asText().equals(key), key + " is described");
        }
    }

    @Test
    void boundsDefaultsAndDescriptionsAreThoseOfTheOptions() {
        assertEquals("""
                {"description":"floor","type":"number","minimum":0,"maximum":10,"default":0.5}""", at("/$defs/uncertainty-min-max/properties/gamma").toString());
        assertEquals("""
                {"description":"clusters","type":"integer","minimum":1,"maximum":2147483647,"default":10000}""", at("/$defs/clustering-kmeans/properties/k").toString());
        assertEquals("31", at("/properties/seed/default").toString());
        assertFalse(at("/properties/seed").has("maximum"), "a long");
    }

    @Test
    void aNumberThatMayBeAutoIsEitherOfTheTwo() {
        var sigma = at("/$defs/clustering-pic/properties/sigma");
        assertEquals("""
                [{"type":"number","exclusiveMinimum":0},{"const":"auto"}]""", sigma.get("anyOf").toString());
        assertEquals("auto", sigma.get("default").asText());
    }

    @Test
    void choicesListsAndBlocksAreNested() {
        var layout = at("/$defs/backbone-alexnet/properties/layout");
        assertEquals("[\"by-class\",\"flat\"]", layout.get("enum").toString());
        assertEquals("by-class", layout.get("default").asText());
        var marks = at("/$defs/listener-jsonl/properties/marks");
        assertEquals("array", marks.get("type").asText());
        assertEquals("{\"type\":\"number\",\"minimum\":0}", marks.get("items").toString());
        assertEquals("[]", marks.get("default").toString());
        assertEquals(
                8,
                at("/$defs/fusion-concat/properties/low/properties/channels/default")
                        .asInt());
        assertFalse(
                at("/$defs/fusion-concat/properties/low/additionalProperties").asBoolean());
    }

    @Test
    void whatMustBeGivenSaysSoAndMayBeLeftToTheCommandLine() {
        var path = at("/$defs/dataset-image-folder/properties/path");
        assertTrue(path.get("description").asText().contains("must be given"), path.toString());
        assertFalse(path.has("default"));
        assertFalse(at("/$defs/dataset-image-folder").has("required"));
    }

    @Test
    void theDefaultPluginMayStayUnnamed() {
        var plugin = at("/properties/uncertainty/properties/plugin");
        assertEquals("min-max", plugin.get("default").asText());
        assertEquals(3, plugin.get("anyOf").size());
        for (var choice : at("/properties/uncertainty/allOf")) {
            var isDefault = choice.at("/then/$ref").asText().equals("#/$defs/uncertainty-min-max");
            assertEquals(!isDefault, choice.get("if").has("required"), choice.toString());
        }
    }

    @Test
    void aDefaultThatIsNotInstalledMustBeReplaced() {
        var pic = Fakes.component(Stage.CLUSTERING, "pic", Fakes.Pic.class);
        var contents = new PluginSource.Contents(List.of(pic), List.of(), List.of());
        var schema = schema(PluginRegistry.of(List.of(() -> contents)));
        assertEquals(
                "[\"plugin\"]", schema.at("/properties/clustering/required").toString());
        assertEquals(
                "[{\"not\":{}}]",
                schema.at("/properties/dataset/properties/plugin/anyOf").toString());
    }

    @Test
    void onlyNamesThatMayBeWrittenInAnyCaseHaveAPattern() {
        var names = at("/properties/clustering/properties/plugin/anyOf");
        assertEquals("^[kK][mM][eE][aA][nN][sS]$", names.get(1).get("pattern").asText());
        assertFalse(
                at("/properties/backbone/properties/plugin/anyOf").toString().contains("pattern"));
    }

    @Test
    void aDecoderMayBeNoneAndHasNoEmptyListOfChoicesWhereNoneIsInstalled() {
        assertTrue(at("/properties/decoder/properties/plugin/anyOf").toString().contains("\"none\""));
        var nothing = new PluginSource.Contents(List.of(), List.of(), List.of());
        var decoder = schema(PluginRegistry.of(List.of(() -> nothing))).at("/properties/decoder");
        assertEquals(1, decoder.at("/properties/plugin/anyOf").size());
        assertFalse(decoder.has("allOf"));
    }
}
