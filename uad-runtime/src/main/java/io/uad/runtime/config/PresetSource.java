package io.uad.runtime.config;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.plugin.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folder of ready-made configurations that a distribution brings, {@code NAME.yaml} each. */
public final class PresetSource {
    /** System property: the folder in which the distribution is installed. */
    public static final String HOME = "uad.home";

    /** The preset that serves where no configuration is given. */
    public static final String STANDARD = "uad";

    /** The preset that serves where no configuration is given and the data is a matrix of features. */
    public static final String FEATURES = "features";

    private static final String ENDING = ".yaml";

    private final Optional<Path> folder;

    private PresetSource(Optional<Path> folder) {
        this.folder = folder;
    }

    /** The folder {@code presets} of the distribution; none if {@link #HOME} is not set. */
    public static PresetSource installed() {
        return new PresetSource(Optional.ofNullable(System.getProperty(HOME)).map(home -> Path.of(home, "presets")));
    }

    /** A folder of one's own. */
    public static PresetSource folder(Path folder) {
        return new PresetSource(Optional.of(folder));
    }

    /** The names of the presets, sorted. */
    public List<String> names() {
        if (folder.filter(Files::isDirectory).isEmpty()) {
            return List.of();
        }
        try (var files = Files.list(folder.get())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(PresetSource::withoutEnding)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "cannot be listed: " + e.getMessage(),
                    folder.get().toString(),
                    "",
                    "",
                    e);
        }
    }

    /**
     * The configuration that serves where none is given.
     *
     * @throws UadException of kind CONFIG if there are no presets
     */
    public ConfigLayer standard() {
        return preset(STANDARD).orElseThrow(() -> unknown(STANDARD));
    }

    /**
     * What {@code --config} names: a preset by its bare name, a file, or a preset with its ending.
     *
     * @throws UadException of kind CONFIG if there is neither, or it is no YAML mapping
     */
    public ConfigLayer open(String presetOrFile) {
        var isBare = withoutEnding(presetOrFile).equals(presetOrFile);
        var bare = isBare ? preset(presetOrFile) : Optional.<ConfigLayer>empty();
        if (bare.isPresent()) {
            return bare.get(); // even if a file is called so: the launcher of this program is
        }
        try {
            if (Files.exists(Path.of(presetOrFile))) {
                return ConfigLayer.file(Path.of(presetOrFile));
            }
        } catch (InvalidPathException e) {
            throw unknown(presetOrFile);
        }
        return preset(withoutEnding(presetOrFile)).orElseThrow(() -> unknown(presetOrFile));
    }

    private Optional<ConfigLayer> preset(String name) {
        return names().contains(name)
                ? folder.map(presets -> ConfigLayer.file("preset " + name, presets.resolve(name + ENDING)))
                : Optional.empty();
    }

    private UadException unknown(String name) {
        var known = names();
        return UadException.config(
                "there is no file and no preset '" + name + "'",
                "",
                known.isEmpty() ? "a file" : "a file or one of the presets " + String.join(", ", known),
                Spelling.nearest(withoutEnding(name), known)
                        .map(nearest -> "The nearest preset is " + nearest)
                        .orElse("Check the path"));
    }

    private static String withoutEnding(String name) {
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
