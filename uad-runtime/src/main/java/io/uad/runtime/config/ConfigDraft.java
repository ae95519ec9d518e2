package io.uad.runtime.config;

import io.uad.api.UadException;
import io.uad.runtime.config.ConfigNode.Block;
import io.uad.runtime.config.ConfigNode.Entry;
import io.uad.runtime.config.ConfigNode.Items;
import io.uad.runtime.config.ConfigNode.Scalar;
import io.uad.runtime.plugin.PluginRegistry;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Merged layers whose values are checked, but among which required ones may still be missing. */
final class ConfigDraft {
    private final PluginRegistry registry;
    private final OptionReader reader = new OptionReader();
    private final List<String> notices = new ArrayList<>();
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final List<Section> listeners = new ArrayList<>();

    /** Reads layers, lowest first. */
    ConfigDraft(PluginRegistry registry, List<ConfigLayer> layers) {
        this.registry = registry;
        var merger = new LayerMerger(registry);
        var root = merger.merge(layers);
        refuseUnknownKeys(root);
        readGeneral(root);
        for (var key : RunConfig.BLOCKS) {
            var settings = RunConfig.SETTINGS.get(key);
            if (settings != null) {
                sections.put(key, settings(key, settings, root));
            } else if (Stage.of(key) != Stage.DECODER || hasDecoder(root)) {
                sections.put(key, stage(Stage.of(key), root));
            }
        }
        readListeners(root);
        notices.addAll(merger.notices());
        notices.addAll(reader.notices());
    }

    /** Whether a decoder is asked for: a layer may take back what a lower one has chosen. */
    private static boolean hasDecoder(Block root) {
        var entry = root.entries().get(Stage.DECODER.key());
        if (entry == null) {
            return false;
        }
        var plugin = entry.node() instanceof Block block ? block.entries().get(OptionReader.PLUGIN) : null;
        return plugin == null
                || !(plugin.node() instanceof Scalar name)
                || !name.text().equals(RunConfig.NO_DECODER);
    }

    /** All but the listeners, in the order of the file. */
    List<Section> sections() {
        return List.copyOf(sections.values());
    }

    Optional<Section> decoder() {
        return Optional.ofNullable(sections.get(Stage.DECODER.key()));
    }

    List<Section> listeners() {
        return listeners;
    }

    List<String> notices() {
        return notices;
    }

    /** The section of that key; the empty key is that of the general settings. */
    Section section(String key) {
        var section = sections.get(key);
        if (section == null) {
            throw new IllegalArgumentException("key must be one of " + sections.keySet() + ", was " + key);
        }
        return section;
    }

    /** The paths of the keys that must be given and were not. */
    List<String> missing() {
        return List.copyOf(reader.missing().keySet());
    }

    /** @throws UadException if a key that must be given was not */
    void refuseMissing() {
        for (var missing : reader.missing().values()) {
            throw missing;
        }
    }

    private static void refuseUnknownKeys(Block root) {
        var known = new ArrayList<>(OptionDescription.keys(OptionDescription.of(GeneralSettings.class)));
        known.addAll(RunConfig.BLOCKS);
        known.add(Stage.LISTENER.key());
        root.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                throw OptionReader.unknownKey(key, entry.place(), key, known);
            }
        });
    }

    private void readGeneral(Block root) {
        var options = OptionDescription.of(GeneralSettings.class);
        var keys = OptionDescription.keys(options);
        var given = new LinkedHashMap<>(root.entries());
        given.keySet().retainAll(keys);
        var values = reader.read(options, new Block(given, root.place()), "", "");
        var output = given.get("output"); // all that the record can refuse
        var place = output == null ? "" : output.node().place();
        sections.put("", new Section("", null, GeneralSettings.class, options, values, place));
    }

    private Section settings(String key, Class<? extends Record> type, Block root) {
        var block = block(key, root, "a block of options");
        var options = OptionDescription.of(type);
        return new Section(key, null, type, options, reader.read(options, block, key, key), block.place());
    }

    private Section stage(Stage stage, Block root) {
        var block = block(stage.key(), root, "a block such as {plugin: " + Defaults.plugin(stage) + "}");
        return component(stage, block, Defaults.plugin(stage));
    }

    private void readListeners(Block root) {
        var entry = root.entries().get(Stage.LISTENER.key());
        if (entry == null) {
            for (var name : Defaults.LISTENERS) {
                listeners.add(component(Stage.LISTENER, new Block(Map.of(), ""), name));
            }
            return;
        }
        if (!(entry.node() instanceof Items items)) {
            throw wrong(entry.node(), "a list such as [console, jsonl]");
        }
        for (var item : items.nodes()) {
            var listener = component(Stage.LISTENER, listener(item), "");
            if (listeners.stream().anyMatch(other -> Objects.equals(other.component(), listener.component()))) {
                throw UadException.config(
                        "found " + listener.plugin() + " a second time",
                        OptionReader.where(item.place(), Stage.LISTENER.key()),
                        "each listener once",
                        "Remove one of them");
            }
            listeners.add(listener);
        }
    }

    private static Block listener(ConfigNode item) {
        if (item instanceof Block block && block.entries().containsKey(OptionReader.PLUGIN)) {
            return block;
        }
        if (item instanceof Scalar name && !name.isNull()) {
            return new Block(Map.of(OptionReader.PLUGIN, new Entry(name.place(), name)), name.place());
        }
        throw wrong(item, "the name of a listener, or a block such as {plugin: console}");
    }

    private Section component(Stage stage, Block block, String defaultName) {
        var component = chosen(stage, block.entries().get(OptionReader.PLUGIN), defaultName);
        var options = OptionDescription.of(component.optionsType());
        var owner = stage.key() + " " + component.name();
        var values = reader.read(options, block.without(OptionReader.PLUGIN), stage.key(), owner);
        return new Section(stage.key(), component, component.optionsType(), options, values, block.place());
    }

    private RegisteredComponent chosen(Stage stage, @Nullable Entry plugin, String defaultName) {
        var path = OptionReader.join(stage.key(), OptionReader.PLUGIN);
        if (plugin == null) {
            return registry.find(stage, defaultName, path);
        }
        var where = OptionReader.where(plugin.node().place(), path);
        if (plugin.node() instanceof Scalar name && !name.isNull()) {
            return registry.find(stage, name.text(), where);
        }
        throw UadException.config(
                "found " + YamlReader.describe(plugin.node()),
                where,
                "the name of a " + stage.key(),
                stage == Stage.LISTENER ? "Name one" : "Leave it out for the default " + Defaults.plugin(stage));
    }

    private static Block block(String key, Block root, String expected) {
        var entry = root.entries().get(key);
        if (entry == null) {
            return new Block(Map.of(), "");
        }
        if (entry.node() instanceof Block block) {
            return block;
        }
        throw UadException.config(
                "found " + YamlReader.describe(entry.node()),
                OptionReader.where(entry.node().place(), key),
                expected,
                entry.node().place().contains(", line ")
                        ? "Indent its options below it, or remove the line"
                        : "Set one of its options: --set " + key + ".KEY=VALUE");
    }

    private static UadException wrong(ConfigNode node, String expected) {
        return UadException.config(
                "found " + YamlReader.describe(node),
                OptionReader.where(node.place(), Stage.LISTENER.key()),
                expected,
                "Leave it out for [" + String.join(", ", Defaults.LISTENERS) + "]");
    }
}
