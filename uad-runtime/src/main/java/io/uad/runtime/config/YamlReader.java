package io.uad.runtime.config;

import io.uad.api.UadException;
import io.uad.runtime.config.ConfigNode.Block;
import io.uad.runtime.config.ConfigNode.Entry;
import io.uad.runtime.config.ConfigNode.Items;
import io.uad.runtime.config.ConfigNode.Scalar;
import io.uad.runtime.config.ConfigNode.Style;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Turns YAML 1.2 text into nodes with places. Tags and aliases of blocks are refused: a configuration needs neither. */
final class YamlReader {
    private static final Set<Tag> KNOWN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    private final String origin;
    private final boolean hasLines;

    /** @param hasLines whether places should name lines: a flag has only one */
    YamlReader(String origin, boolean hasLines) {
        this.origin = origin;
        this.hasLines = hasLines;
    }

    /** A whole document; an empty one is an empty block. */
    Block document(String yaml) {
        var node = compose(yaml);
        if (node.isEmpty()) {
            return new Block(new LinkedHashMap<>(), origin);
        }
        var converted = convert(node.get());
        if (converted instanceof Block block) {
            return block;
        }
        throw UadException.config(
                "found " + describe(converted),
                converted.place(),
                "keys with values, such as 'seed: 31'",
                "Start from 'uad config init'");
    }

    /** A single value, which may be a list or block in YAML's flow style; nothing is null. */
    ConfigNode value(String yaml) {
        return compose(yaml).map(this::convert).orElseGet(() -> new Scalar("", Style.PLAIN, origin));
    }

    /** What a node is, for messages. */
    static String describe(ConfigNode node) {
        if (node instanceof Scalar scalar) {
            return scalar.isNull() ? "no value" : "'" + scalar.text() + "'";
        }
        return node instanceof Items ? "a list" : "a block of keys";
    }

    private Optional<Node> compose(String yaml) {
        var settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(0)
                .build();
        var text =
                yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml; // a byte order mark, as Windows editors write it
        try {
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            throw syntaxError(e, text);
        } catch (YamlEngineException e) {
            throw UadException.config("is not YAML: " + firstLine(e.getMessage()), origin, "YAML 1.2", "Mend the text");
        }
    }

    private UadException syntaxError(MarkedYamlEngineException error, String text) {
        var mark = error.getProblemMark().or(error::getContextMark);
        var line = mark.map(Mark::getLine).orElse(0);
        var where = mark.map(at -> place(at) + (hasLines ? ", column " + (at.getColumn() + 1) : ""))
                .orElse(origin);
        var indentation = text.lines().skip(line).findFirst().orElse("");
        if (indentation
                .substring(0, indentation.length() - indentation.stripLeading().length())
                .contains("\t")) {
            return UadException.config(
                    "found a tab in the indentation", where, "spaces", "Replace the tab by two spaces");
        }
        return UadException.config(
                "is not YAML: " + firstLine(error.getProblem()),
                where,
                "YAML 1.2, where a value follows 'key: ' and blocks are indented by spaces",
                "Mend that line or the one before it");
    }

    private ConfigNode convert(Node node) {
        var place = place(node);
        if (!KNOWN_TAGS.contains(node.getTag())) {
            throw UadException.config(
                    "found the tag " + node.getTag().getValue(), place, "a value without a tag", "Remove the tag");
        }
        if (node instanceof ScalarNode scalar) {
            var style = scalar.getScalarStyle() == ScalarStyle.PLAIN ? Style.PLAIN : Style.QUOTED;
            return new Scalar(scalar.getValue(), style, place);
        }
        if (node instanceof SequenceNode sequence) {
            return new Items(sequence.getValue().stream().map(this::convert).toList(), place);
        }
        var entries = new LinkedHashMap<String, Entry>();
        for (var tuple : ((MappingNode) node).getValue()) {
            var keyPlace = place(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw UadException.config("found a list or block as a key", keyPlace, "a word", "Name the key");
            }
            var earlier = entries.put(key.getValue(), new Entry(keyPlace, convert(tuple.getValueNode())));
            if (earlier != null) {
                throw UadException.config(
                        "found the key '" + key.getValue() + "' a second time",
                        keyPlace,
                        "each key once",
                        "Remove this one or that of " + earlier.place());
            }
        }
        return new Block(entries, place);
    }

    private String place(Node node) {
        return node.getStartMark().map(this::place).orElse(origin);
    }

    private String place(Mark mark) {
        return hasLines ? origin + ", line " + (mark.getLine() + 1) : origin;
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
