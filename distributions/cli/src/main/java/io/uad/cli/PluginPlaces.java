package io.uad.cli;

import io.uad.api.UadException;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plugin.PluginFolder;
import io.uad.runtime.plugin.PluginSource;
import io.uad.runtime.plugin.PluginStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Where plugins lie: in the distribution, in the user's own folder, and where the user says. */
final class PluginPlaces {
    /** The environment variable with the user's folder for plugins and what is cached. */
    static final String USER_HOME = "UAD_HOME";

    /** The environment variable with further plugins and folders of them, separated as on the PATH. */
    static final String MORE = "UAD_PLUGINS";

    private List<Path> given = List.of();

    /** Takes all that {@code --plugins} named so far. */
    void set(List<Path> paths) {
        given = List.copyOf(paths);
    }

    /** What {@code --plugins} named. */
    List<Path> given() {
        return given;
    }

    /** The user's folder of plugins. */
    PluginStore store() {
        return new PluginStore(userPlugins(), cache());
    }

    /**
     * The distribution's folder of Maven archetypes.
     *
     * @throws UadException of kind RESOURCE if this is no distribution
     */
    Path archetypes() {
        return Optional.ofNullable(System.getProperty(PresetSource.HOME))
                .map(home -> Path.of(home, "archetypes"))
                .orElseThrow(() -> UadException.resource(
                        "this is no installed UAD",
                        "",
                        "the system property " + PresetSource.HOME + " with its folder",
                        "Run the command uad of a distribution"));
    }

    /**
     * One plugin by itself.
     *
     * @throws UadException of kind CONFIG if there is none
     */
    PluginFolder only(Path plugin) {
        var folder = new PluginFolder(existing(plugin, "plugins verify"), cache());
        if (folder.isEmpty()) {
            throw UadException.config(
                    "no plugin is there: " + plugin,
                    "plugins verify",
                    "a jar, a zip, an unpacked zip with its plugin.properties, or classes with META-INF/services",
                    "Correct the path, or add the service file");
        }
        return folder;
    }

    /**
     * All places, those of the distribution first.
     *
     * @throws UadException of kind CONFIG if a place that was named is not there
     */
    List<PluginSource> sources() {
        var places = new LinkedHashSet<Path>(); // who names a place twice means it once
        Optional.ofNullable(System.getProperty(PresetSource.HOME))
                .ifPresent(home -> places.add(real(Path.of(home, "plugins"))));
        places.add(userPlugins());
        var more = System.getenv().getOrDefault(MORE, "");
        for (var path : more.split(File.pathSeparator)) {
            if (!path.isBlank()) {
                places.add(existing(Path.of(path), MORE));
            }
        }
        given.forEach(path -> places.add(existing(path, "--plugins")));
        return places.stream()
                .map(place -> (PluginSource) new PluginFolder(place, cache()))
                .toList();
    }

    private static Path userPlugins() {
        return real(userHome().resolve("plugins"));
    }

    private static Path cache() {
        return userHome().resolve("cache").resolve("plugins");
    }

    private static Path userHome() {
        var chosen = System.getenv(USER_HOME);
        return chosen == null || chosen.isBlank() ? Path.of(System.getProperty("user.home"), ".uad") : Path.of(chosen);
    }

    private static Path existing(Path path, String from) {
        if (!Files.exists(path)) {
            throw UadException.config(
                    "no such file or folder: " + path,
                    from,
                    "a folder of plugins, a plugin, or the classes of a build",
                    "Correct the path");
        }
        return real(path);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize(); // not there yet
        }
    }
}
