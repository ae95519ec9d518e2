package io.uad.runtime.config;

import io.uad.runtime.config.ConfigNode.Block;
import io.uad.runtime.config.ConfigNode.Items;
import io.uad.runtime.config.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What two configurations in YAML say differently. */
public final class ConfigDifference {
    private static final String NOTHING = "nothing";

    private ConfigDifference() {}

    /**
     * One sentence per key with different values, such as {@code clustering.k was 100 and is now 50}; sorted by key.
     *
     * @param matters which keys, by their path, are looked at
     */
    public static List<String> between(String before, String now, Predicate<String> matters) {
        return keys(before, now, matters).stream()
                .map(key -> key.path() + " was " + key.before() + " and is now " + key.now())
                .toList();
    }

    /**
     * A key with different values.
     *
     * @param path of the key, such as {@code clustering.k}
     * @param before the one value
     * @param now the other
     */
    public record Key(String path, String before, String now) {}

    /** The keys with different values, sorted; as {@link #between}. */
    public static List<Key> keys(String before, String now, Predicate<String> matters) {
        var old = new TreeMap<String, String>();
        var current = new TreeMap<String, String>();
        flatten("", new YamlReader("the configuration before", true).document(before), old);
        flatten("", new YamlReader("the configuration now", true).document(now), current);
        var keys = new TreeMap<>(old);
        keys.putAll(current);
        var differences = new ArrayList<Key>();
        for (var key : keys.keySet()) {
            var was = old.getOrDefault(key, NOTHING);
            var is = current.getOrDefault(key, NOTHING);
            if (!was.equals(is) && matters.test(key)) {
                differences.add(new Key(key, was, is));
            }
        }
        return differences;
    }

    private static void flatten(String path, ConfigNode node, Map<String, String> into) {
        if (node instanceof Block block) {
            block.entries()
                    .forEach((key, entry) -> flatten(path.isEmpty() ? key : path + "." + key, entry.node(), into));
        } else if (node instanceof Items items) {
            for (var i = 0; i < items.nodes().size(); i++) {
                flatten(path + "[" + i + "]", items.nodes().get(i), into);
            }
        } else if (node instanceof Scalar scalar) {
            into.put(path, scalar.text());
        }
    }
}
