package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.OptionDescription;
import io.uad.runtime.config.OptionType.Kind;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plugin.PluginRegistry;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of every component that is installed, through the reader of the configuration. */
class ComponentOptionsTest {
    private static final PluginRegistry REGISTRY = PluginRegistry.load(ComponentOptionsTest.class.getClassLoader());
    private static final ConfigReader READER = new ConfigReader(REGISTRY, PresetSource.folder(Path.of("no-presets")));

    /** An option, and where it stands in its component's block. */
    private record Place(RegisteredComponent component, List<String> keys, OptionDescription option) {
        String path() {
            return component.stage().key() + "." + String.join(".", keys);
        }

        /** The options of the component, with this one set. */
        Options with(String value) {
            return read(component, Map.of(path(), value));
        }
    }

    static Stream<Named<RegisteredComponent>> components() {
        return REGISTRY.components().stream().map(component -> Named.of(component.id(), component));
    }

    static Stream<Arguments> options() {
        return all().map(place -> Arguments.of(Named.of(place.component.id() + " " + place.path(), place)));
    }

    static Stream<Arguments> limits() {
        return all().flatMap(place -> outside(place.option).stream()
                .map(value -> Arguments.of(Named.of(place.component.id() + " " + place.path(), place), value)));
    }

    @Test
    void everyStageButTheDecoderHasAComponentAndNoProviderFails() {
        assertEquals(List.of(), REGISTRY.warnings());
        for (var stage : Stage.values()) {
            // All that is shipped decodes in full.
            assertEquals(stage == Stage.DECODER, REGISTRY.components(stage).isEmpty(), stage.key());
        }
    }

    @ParameterizedTest
    @MethodSource("components")
    void aBlockWithNothingButWhatMustBeGivenBinds(RegisteredComponent component) {
        assertInstanceOf(component.optionsType(), read(component, Map.of()).as(component.optionsType()));
        assertFalse(component.description().isBlank());
    }

    @ParameterizedTest
    @MethodSource("components")
    void defaultsThatAreWrittenOutGiveTheSameOptions(RegisteredComponent component) {
        var written = new HashMap<String, String>();
        places(component)
                .forEach(place ->
                        place.option.defaultValue().ifPresent(value -> written.put(place.path(), yaml(place, value))));
        assertEquals(read(component, Map.of()), read(component, written));
    }

    @ParameterizedTest
    @MethodSource("components")
    void anUnknownKeyIsRefusedWithTheNearestKnownOne(RegisteredComponent component) {
        var misspelt = component.stage().key() + ".plugim";
        assertError(component, Map.of(misspelt, "1"), misspelt + ": unknown key 'plugim'");
        assertError(component, Map.of(misspelt, "1"), "The nearest known key is plugin.");
    }

    @ParameterizedTest
    @MethodSource("options")
    void aMisspeltKeyIsRefusedWithItsRightSpelling(Place place) {
        var misspelt = place.path() + "x";
        assertError(place.component, Map.of(misspelt, "1"), misspelt + ": unknown key");
        assertError(place.component, Map.of(misspelt, "1"), "The nearest known key is " + place.option.key() + ".");
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionIsDescribed(Place place) {
        assertFalse(place.option.description().isBlank());
        assertTrue(place.option.min() <= place.option.max());
    }

    @ParameterizedTest
    @MethodSource("options")
    void aValueOfAnotherTypeIsRefusedWithItsPathAndWhatIsExpected(Place place) {
        if (place.option.type().kind() != Kind.TEXT || place.option.type().list()) {
            var found = place.path() + ": found 'nonsense'; expected " + place.option.expected();
            assertError(place.component, Map.of(place.path(), "nonsense"), found);
        }
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aNumberJustOutsideIsRefusedWithItsPathAndTheRange(Place place, String value) {
        var given = place.option.type().list() ? "[" + value + "]" : value;
        assertError(
                place.component,
                Map.of(place.path(), given),
                place.path() + ": found '" + value + "'; expected " + place.option.expected());
    }

    /** A record may still refuse it beside the values of its other options, but not for its range. */
    @ParameterizedTest
    @MethodSource("options")
    void theLimitsThemselvesAreInside(Place place) {
        for (var value : inside(place.option)) {
            try {
                place.with(place.option.type().list() ? "[" + value + "]" : value);
            } catch (UadException e) {
                assertFalse(e.toString().contains("found '" + value + "'"), e.toString());
            }
        }
    }

    private static List<String> outside(OptionDescription option) {
        var values = new ArrayList<String>();
        if (option.type().kind() == Kind.WHOLE_NUMBER) {
            if (Double.isFinite(option.min())) {
                values.add(whole(option.min() - (option.minExclusive() ? 0 : 1)));
            }
            if (Double.isFinite(option.max())) {
                values.add(whole(option.max() + 1));
            }
        } else if (option.type().kind() == Kind.NUMBER) {
            if (Double.isFinite(option.min())) {
                values.add(Double.toString(option.minExclusive() ? option.min() : Math.nextDown(option.min())));
            }
            if (Double.isFinite(option.max())) {
                values.add(Double.toString(Math.nextUp(option.max())));
            }
            values.addAll(List.of(".nan", ".inf", "-.inf"));
        }
        return values;
    }

    private static List<String> inside(OptionDescription option) {
        var values = new ArrayList<String>();
        for (var limit : List.of(option.min(), option.max())) {
            if (option.type().kind() == Kind.WHOLE_NUMBER && Double.isFinite(limit)) {
                values.add(whole(limit + (option.minExclusive() && limit == option.min() ? 1 : 0)));
            } else if (option.type().kind() == Kind.NUMBER && Double.isFinite(limit)) {
                var isExclusive = option.minExclusive() && limit == option.min();
                values.add(Double.toString(isExclusive ? Math.nextUp(limit) : limit));
            }
        }
        values.addAll(option.choices());
        if (option.type().automatic()) {
            values.add("auto");
        }
        return values;
    }

    private static String whole(double value) {
        return Long.toString((long) value);
    }

    private static Stream<Place> all() {
        return REGISTRY.components().stream().flatMap(component -> places(component).stream());
    }

    /** All options of a component that have a value, also those in nested blocks. */
    private static List<Place> places(RegisteredComponent component) {
        var places = new ArrayList<Place>();
        collect(component, List.of(), OptionDescription.of(component.optionsType()), places);
        return places;
    }

    private static void collect(
            RegisteredComponent component, List<String> outer, List<OptionDescription> options, List<Place> places) {
        for (var option : options) {
            var keys = Stream.concat(outer.stream(), Stream.of(option.key())).toList();
            if (option.type().kind() == Kind.BLOCK) {
                collect(component, keys, option.nested(), places);
            } else {
                places.add(new Place(component, keys, option));
            }
        }
    }

    private static void assertError(RegisteredComponent component, Map<String, String> values, String piece) {
        var error = assertThrows(UadException.class, () -> read(component, values));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(error.toString().contains(piece), () -> "'" + piece + "' is not in: " + error);
    }

    /** The options of a component in a configuration with these values, by path, and what must be given. */
    private static Options read(RegisteredComponent component, Map<String, String> values) {
        var stage = component.stage();
        var tree = new HashMap<String, Object>(Map.of("plugin", component.name()));
        places(component).stream()
                .filter(place -> place.option.required())
                .forEach(place -> put(tree, place.keys, sample(place.option)));
        values.forEach((path, value) ->
                put(tree, List.of(path.split("\\.")).subList(1, path.split("\\.").length), value));
        var dataset = stage == Stage.DATASET ? "" : "dataset: {plugin: image-folder, path: pictures}\n";
        var block = stage == Stage.LISTENER ? "[" + flow(tree) + "]" : flow(tree);
        var config = READER.read(List.of(ConfigLayer.text("my.yaml", dataset + stage.key() + ": " + block)));
        return stage == Stage.LISTENER
                ? config.listeners().get(0).options()
                : config.component(stage).options();
    }

    @SuppressWarnings("unchecked") // made here
    private static void put(Map<String, Object> tree, List<String> keys, String value) {
        var inner = tree;
        for (var key : keys.subList(0, keys.size() - 1)) {
            inner = (Map<String, Object>) inner.computeIfAbsent(key, name -> new HashMap<String, Object>());
        }
        inner.put(keys.get(keys.size() - 1), value);
    }

    private static String flow(Object tree) {
        if (!(tree instanceof Map<?, ?> block)) {
            return tree.toString();
        }
        var entries = block.entrySet().stream().map(entry -> entry.getKey() + ": " + flow(entry.getValue()));
        return "{" + String.join(", ", entries.toList()) + "}";
    }

    /** Any value that the option allows. */
    private static String sample(OptionDescription option) {
        var value = option.type().kind() == Kind.TEXT
                ? "text"
                : Stream.concat(inside(option).stream(), Stream.of("1"))
                        .findFirst()
                        .orElseThrow();
        return option.type().list() ? "[" + value + "]" : value;
    }

    /** Text is quoted, as it may hold what means something in YAML. */
    private static String yaml(Place place, String value) {
        var isText =
                place.option.type().kind() == Kind.TEXT && !place.option.type().list();
        return isText ? "'" + value.replace("'", "''") + "'" : value;
    }
}
