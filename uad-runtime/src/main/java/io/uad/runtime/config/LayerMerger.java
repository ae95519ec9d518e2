package io.uad.runtime.config;

import io.uad.runtime.config.ConfigNode.Block;
import io.uad.runtime.config.ConfigNode.Entry;
import io.uad.runtime.config.ConfigNode.Scalar;
import io.uad.runtime.plugin.PluginRegistry;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays layers of configuration upon each other, and drops the options of a plugin that a higher layer replaced. */
final class LayerMerger {
    private final PluginRegistry registry;
    private final List<String> notices = new ArrayList<>();

    LayerMerger(PluginRegistry registry) {
        this.registry = registry;
    }

    /** All layers as one, lowest first. */
    Block merge(List<ConfigLayer> layers) {
        var merged = new Block(Map.of(), "");
        for (var layer : layers) {
            layer.notice().ifPresent(notices::add);
            for (var stage : Stage.values()) {
                merged = withoutReplaced(stage, merged, layer.root());
            }
            merged = overlay(merged, layer.root());
        }
        return merged;
    }

    /** The layers' own, and one sentence for each plugin that was replaced together with options. */
    List<String> notices() {
        return notices;
    }

    /** Blocks merge key by key; anything else is replaced. */
    static Block overlay(Block lower, Block higher) {
        var merged = new Block(lower.entries(), higher.place());
        for (var entry : higher.entries().entrySet()) {
            var below = lower.entries().get(entry.getKey());
            var above = entry.getValue();
            if (below != null && below.node() instanceof Block under && above.node() instanceof Block over) {
                above = new Entry(above.place(), overlay(under, over));
            }
            merged = merged.with(entry.getKey(), above);
        }
        return merged;
    }

    private Block withoutReplaced(Stage stage, Block lower, Block higher) {
        var below = lower.entries().get(stage.key());
        var above = higher.entries().get(stage.key());
        if (below == null
                || above == null
                || !(below.node() instanceof Block under)
                || !(above.node() instanceof Block over)) {
            return lower;
        }
        var chosen = over.entries().get(OptionReader.PLUGIN);
        if (chosen == null || !(chosen.node() instanceof Scalar name)) {
            return lower;
        }
        var before = component(stage, under);
        var now = registry.lookUp(stage, name.text());
        if (now.isEmpty() || now.equals(before)) {
            return lower; // an unknown name is reported when the whole is read
        }
        var lacking = new ArrayList<String>();
        var others = new ArrayList<String>();
        var kept = keep(
                under.without(OptionReader.PLUGIN),
                OptionDescription.of(now.get().optionsType()),
                before.map(component -> OptionDescription.of(component.optionsType())),
                "",
                lacking,
                others);
        if (!lacking.isEmpty() || !others.isEmpty()) {
            notices.add(stage.key() + " is now " + now.get().name() + " (" + chosen.place() + "), which has "
                    + (lacking.isEmpty() ? "" : "no " + String.join(", ", lacking))
                    + (lacking.isEmpty() || others.isEmpty() ? "" : " and ")
                    + (others.isEmpty() ? "" : "its own " + String.join(", ", others))
                    + ": left out");
        }
        return lower.with(stage.key(), new Entry(below.place(), kept));
    }

    private Optional<RegisteredComponent> component(Stage stage, Block block) {
        var name = block.entries().get(OptionReader.PLUGIN);
        return registry.lookUp(
                stage, name != null && name.node() instanceof Scalar scalar ? scalar.text() : Defaults.plugin(stage));
    }

    /**
     * Keeps what the new plugin knows, and what even the old one did not: that is a mistake to be reported. An option of the
     * same name whose default is another one means another thing, such as the iterations of two algorithms.
     */
    private static Block keep(
            Block block,
            List<OptionDescription> now,
            Optional<List<OptionDescription>> before,
            String path,
            List<String> lacking,
            List<String> others) {
        var kept = block;
        for (var entry : block.entries().entrySet()) {
            var key = entry.getKey();
            var option = OptionDescription.find(now, key);
            var optionBefore = before.flatMap(options -> OptionDescription.find(options, key));
            if (option.isEmpty()) {
                if (before.isEmpty() || optionBefore.isPresent()) {
                    lacking.add(path + key);
                    kept = kept.without(key);
                }
            } else if (optionBefore.isPresent() && !isSame(option.get(), optionBefore.get())) {
                others.add(path + key);
                kept = kept.without(key);
            } else if (entry.getValue().node() instanceof Block nested) {
                var rest = keep(
                        nested,
                        option.get().nested(),
                        optionBefore.map(OptionDescription::nested),
                        path + key + ".",
                        lacking,
                        others);
                kept = kept.with(key, new Entry(entry.getValue().place(), rest));
            }
        }
        return kept;
    }

    private static boolean isSame(OptionDescription one, OptionDescription other) {
        return one.type().kind() == other.type().kind() && one.defaultValue().equals(other.defaultValue());
    }
}
