package io.uad.runtime.config;

import io.uad.api.UadException;
import io.uad.runtime.config.ConfigNode.Block;
import io.uad.runtime.config.ConfigNode.Entry;
import io.uad.runtime.config.ConfigNode.Scalar;
import io.uad.runtime.config.ConfigNode.Style;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** One voice among those that make up a configuration: a file, a flag, some {@code --set}s. Higher layers win. */
public final class ConfigLayer {
    private final String origin;
    private final Block root;
    private final Optional<String> notice;

    private ConfigLayer(String origin, Block root) {
        this(origin, root, Optional.empty());
    }

    private ConfigLayer(String origin, Block root, Optional<String> notice) {
        this.origin = origin;
        this.root = root;
        this.notice = notice;
    }

    /**
     * A YAML file in UTF-8.
     *
     * @throws UadException of kind CONFIG if it is missing, no text or no YAML mapping
     */
    public static ConfigLayer file(Path file) {
        return file(file.toString(), file);
    }

    /** A YAML file that messages call {@code origin}. */
    static ConfigLayer file(String origin, Path file) {
        try {
            return text(origin, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw UadException.config("there is no such file", origin, "a YAML file", "Check the path");
        } catch (CharacterCodingException e) {
            throw UadException.config("is not text in UTF-8", origin, "a YAML file", "Save it in UTF-8");
        } catch (IOException e) {
            throw UadException.config("cannot be read: " + e.getMessage(), origin, "a YAML file", "Check the path");
        }
    }

    /**
     * YAML text.
     *
     * @param origin what messages call it
     * @throws UadException of kind CONFIG if it is no YAML mapping
     */
    public static ConfigLayer text(String origin, String yaml) {
        return new ConfigLayer(origin, new YamlReader(origin, true).document(yaml));
    }

    /**
     * Several {@code stage.key=value}, the last of equal ones wins. Values are YAML: {@code listener=[console]}.
     *
     * @param origin what messages call them, such as {@code --set}
     * @throws UadException of kind CONFIG if one has another form
     */
    public static ConfigLayer assignments(String origin, List<String> assignments) {
        var root = new Block(new LinkedHashMap<>(), origin);
        for (var assignment : assignments) {
            var equals = assignment.indexOf('=');
            if (equals < 0) {
                throw UadException.config(
                        "found '" + assignment + "'", origin, "stage.key=value", "Write for example clustering.k=100");
            }
            var value = new YamlReader(origin, false).value(assignment.substring(equals + 1));
            root = LayerMerger.overlay(
                    root, nested(origin, assignment.substring(0, equals).strip(), value));
        }
        return new ConfigLayer(origin, root);
    }

    /**
     * One value, taken as it stands: no character of it has a meaning in YAML.
     *
     * @param origin the flag that gave it
     * @param path such as {@code training.learning-rate}
     */
    public static ConfigLayer assignment(String origin, String path, String value) {
        return new ConfigLayer(origin, nested(origin, path, new Scalar(value, Style.FLAG, origin)));
    }

    /**
     * As {@link #assignment}, but left out with a notice if the chosen plugin has no such option, as {@code --k} with
     * {@code pic}.
     */
    public static ConfigLayer assignmentIfKnown(String origin, String path, String value) {
        return new ConfigLayer(origin, nested(origin, path, new Scalar(value, Style.FLAG_IF_KNOWN, origin)));
    }

    /** This layer, with a sentence that whoever reads it should see. */
    ConfigLayer withNotice(String sentence) {
        return new ConfigLayer(origin, root, Optional.of(sentence));
    }

    /** This layer without some blocks. */
    public ConfigLayer without(List<String> keys) {
        var rest = root;
        for (var key : keys) {
            rest = rest.without(key);
        }
        return new ConfigLayer(origin, rest, notice);
    }

    /** Some blocks of this layer, and nothing else. */
    public ConfigLayer only(List<String> keys) {
        return without(root.entries().keySet().stream()
                .filter(key -> !keys.contains(key))
                .toList());
    }

    /** What messages call this layer. */
    public String origin() {
        return origin;
    }

    Block root() {
        return root;
    }

    Optional<String> notice() {
        return notice;
    }

    private static Block nested(String origin, String path, ConfigNode value) {
        var keys = List.of(path.split("\\.", -1));
        var node = value;
        for (var i = keys.size() - 1; i >= 0; i--) {
            if (keys.get(i).isBlank()) {
                throw UadException.config(
                        "found the key '" + path + "'", origin, "a key such as clustering.k", "Name the key in full");
            }
            var entries = new LinkedHashMap<String, Entry>();
            entries.put(keys.get(i), new Entry(origin, node));
            node = new Block(entries, origin);
        }
        return (Block) node;
    }
}
