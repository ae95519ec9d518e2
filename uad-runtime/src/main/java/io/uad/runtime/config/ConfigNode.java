package io.uad.runtime.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a configuration that remembers where it was written. */
sealed interface ConfigNode {
    /** Such as {@code my.yaml, line 7}, or the flag. */
    String place();

    /** How a scalar was written, which decides what it may stand for. */
    enum Style {
        /** Bare in YAML: a number, a word or nothing. */
        PLAIN,
        /** Quoted in YAML: always text. */
        QUOTED,
        /** Given by a flag: whatever its option needs. */
        FLAG,
        /** As {@link #FLAG}, and left out with a notice if the chosen plugin has no such option. */
        FLAG_IF_KNOWN
    }

    /** A single value. */
    record Scalar(String text, Style style, String place) implements ConfigNode {
        /** Whether this is YAML's null. */
        boolean isNull() {
            return style == Style.PLAIN
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }
    }

    /** A list. */
    record Items(List<ConfigNode> nodes, String place) implements ConfigNode {
        public Items {
            nodes = List.copyOf(nodes);
        }
    }

    /** A mapping, in the order of the file. */
    record Block(Map<String, Entry> entries, String place) implements ConfigNode {
        /** This block with one entry more or changed. */
        Block with(String key, Entry entry) {
            var changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Block(changed, place);
        }

        /** This block without one entry. */
        Block without(String key) {
            var changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Block(changed, place);
        }
    }

    /**
     * One line of a block.
     *
     * @param place of the key
     */
    record Entry(String place, ConfigNode node) {}
}
