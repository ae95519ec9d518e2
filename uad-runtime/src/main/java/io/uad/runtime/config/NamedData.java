package io.uad.runtime.config;

import io.uad.runtime.config.ConfigNode.Block;
import io.uad.runtime.config.ConfigNode.Scalar;
import io.uad.runtime.plugin.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The folder or file that a user names as data, and the dataset plugin that it asks for by itself. */
public final class NamedData {
    /** What the names of packed copies end in. */
    public static final String PACKED_ENDING = ".uadpack";

    /** The plugin that writes and reads packed copies. */
    public static final String PACKED = "packed";

    private NamedData() {}

    /** Whether that is the name of a packed copy, and not that of a folder. */
    public static boolean isPacked(Path data) {
        return data.toString().toLowerCase(Locale.ROOT).endsWith(PACKED_ENDING) && !Files.isDirectory(data);
    }

    /**
     * Has the data read: a packed copy by the plugin for these, which reads nothing else, all other data by the plugin that is
     * chosen already.
     *
     * @param origin the flag that names the data
     * @param below the layers so far, lowest first
     * @return layers to be put upon these
     */
    public static List<ConfigLayer> layers(String origin, Path data, List<ConfigLayer> below) {
        var path = ConfigLayer.assignment(origin, "dataset.path", data.toString());
        var chosen = plugin(below);
        if (isPacked(data) == chosen.equals(PACKED)) {
            return List.of(path);
        }
        var plugin = isPacked(data) ? PACKED : Defaults.plugin(Stage.DATASET);
        var layer = ConfigLayer.assignment(origin, "dataset.plugin", plugin)
                .withNotice("dataset: " + data + (isPacked(data) ? " is a packed copy" : " is no packed copy")
                        + ", so it is read by dataset.plugin=" + plugin);
        return List.of(layer, path);
    }

    private static String plugin(List<ConfigLayer> layers) {
        var merged = new Block(Map.of(), "");
        for (var layer : layers) {
            merged = LayerMerger.overlay(merged, layer.root());
        }
        var dataset = merged.entries().get(Stage.DATASET.key());
        var plugin = dataset != null && dataset.node() instanceof Block block
                ? block.entries().get(OptionReader.PLUGIN)
                : null;
        return plugin != null && plugin.node() instanceof Scalar name ? name.text() : Defaults.plugin(Stage.DATASET);
    }
}
