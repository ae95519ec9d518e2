package io.uad.runtime.config;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.config.ConfigNode.Block;
import io.uad.runtime.config.ConfigNode.Entry;
import io.uad.runtime.config.ConfigNode.Items;
import io.uad.runtime.config.ConfigNode.Scalar;
import io.uad.runtime.config.ConfigNode.Style;
import io.uad.runtime.plugin.Spelling;
import io.uad.runtime.plugin.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the values of a block against the options it may have, and adds the defaults.
 *
 * <p>Values are those of the record's Java types, in its order; a nested block is a map again. A key that must be given
 * and is not is noted and left out.
 */
final class OptionReader {
    /** The key that names a stage's plugin, beside the plugin's options. */
    static final String PLUGIN = "plugin";

    private final Map<String, UadException> missing = new LinkedHashMap<>();
    private final List<String> notices = new ArrayList<>();

    /**
     * Reads a block.
     *
     * @param path of the block, such as {@code fusion.low}; empty for the file itself
     * @param owner whose options these are, for messages
     */
    Map<String, Object> read(List<OptionDescription> options, Block given, String path, String owner) {
        for (var entry : given.entries().entrySet()) {
            if (!OptionDescription.keys(options).contains(entry.getKey())) {
                unknown(options, entry.getKey(), entry.getValue(), path, owner);
            }
        }
        var values = new LinkedHashMap<String, Object>();
        for (var option : options) {
            var optionPath = join(path, option.key());
            var entry = given.entries().get(option.key());
            if (option.type().kind() == OptionType.Kind.BLOCK) {
                values.put(
                        option.key(),
                        read(option.nested(), nested(option, entry, given, optionPath), optionPath, owner));
            } else if (entry != null) {
                values.put(option.key(), value(option, entry.node(), optionPath));
            } else if (option.required()) {
                missing.put(optionPath, missing(option, given.place(), optionPath));
            } else {
                values.put(option.key(), defaultOf(option, optionPath, owner));
            }
        }
        return values;
    }

    /** One error for each key that must be given and was not, by the key's path. */
    Map<String, UadException> missing() {
        return missing;
    }

    /** Flags that were left out. */
    List<String> notices() {
        return notices;
    }

    /** A place and a key's path, as errors name them. */
    static String where(String place, String path) {
        return place.isEmpty() || path.isEmpty() ? place + path : place + ": " + path;
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** An error for a key that nobody knows. */
    static UadException unknownKey(String key, String place, String path, List<String> known) {
        var nearest = Spelling.nearest(key, known);
        return UadException.config(
                "unknown key '" + key + "'",
                where(place, path),
                known.isEmpty() ? "no keys here" : "one of " + String.join(", ", known),
                nearest.map(name -> "The nearest known key is " + name).orElse("Remove it"));
    }

    private void unknown(List<OptionDescription> options, String key, Entry entry, String path, String owner) {
        if (entry.node() instanceof Scalar scalar && scalar.style() == Style.FLAG_IF_KNOWN) {
            notices.add(entry.place() + " is ignored: " + owner + " has no option " + key);
            return;
        }
        var known = new ArrayList<>(OptionDescription.keys(options));
        if (Arrays.stream(Stage.values()).anyMatch(stage -> stage.key().equals(path))) {
            known.add(0, PLUGIN);
        }
        throw unknownKey(key, entry.place(), join(path, key), known);
    }

    private static Block nested(OptionDescription option, @Nullable Entry entry, Block parent, String path) {
        if (entry == null) {
            return new Block(Map.of(), parent.place());
        }
        if (entry.node() instanceof Block block) {
            return block;
        }
        throw wrong(option, entry.node(), path);
    }

    private static Object value(OptionDescription option, ConfigNode node, String path) {
        if (!option.type().list()) {
            return scalar(option, node, path);
        }
        if (!(node instanceof Items items)) {
            throw wrong(option, node, path);
        }
        return items.nodes().stream().map(item -> scalar(option, item, path)).toList();
    }

    private static Object scalar(OptionDescription option, ConfigNode node, String path) {
        if (node instanceof Scalar scalar) {
            return ScalarReader.read(option, scalar).orElseThrow(() -> wrong(option, node, path));
        }
        throw wrong(option, node, path);
    }

    private static Object defaultOf(OptionDescription option, String path, String owner) {
        var text = option.defaultValue().orElseThrow();
        var isText =
                option.type().kind() == OptionType.Kind.TEXT && !option.type().list();
        var place = "default of " + owner;
        try {
            return value(
                    option,
                    isText ? new Scalar(text, Style.FLAG, place) : new YamlReader(place, false).value(text),
                    path);
        } catch (UadException e) {
            throw new UadException(
                    ErrorKind.PLUGIN,
                    String.valueOf(e.getMessage()),
                    "",
                    "a default that is allowed",
                    "Update the plugin",
                    e);
        }
    }

    private static UadException wrong(OptionDescription option, ConfigNode node, String path) {
        return UadException.config(
                "found " + YamlReader.describe(node),
                where(node.place(), path),
                option.expected() + limitOfInt(option, node),
                option.defaultValue()
                        .map(value -> "Leave it out for the default " + value)
                        .orElse(""));
    }

    /** Says why a number fails that is in the stated range, and yet too large. */
    private static String limitOfInt(OptionDescription option, ConfigNode node) {
        var type = option.type().javaType();
        var isLarge = node instanceof Scalar scalar && scalar.text().matches("[0-9]{10,}");
        return isLarge && type != long.class && option.type().kind() == OptionType.Kind.WHOLE_NUMBER
                ? ", at most " + Integer.MAX_VALUE
                : "";
    }

    private static UadException missing(OptionDescription option, String place, String path) {
        return UadException.config(
                "is missing",
                where(place, path),
                option.expected() + ": " + option.description(),
                path.equals("dataset.path")
                        ? "Give the folder, as in 'uad train DIR', or set dataset.path in the file"
                        : "Set it in the file, or with --set " + path + "=...");
    }
}
