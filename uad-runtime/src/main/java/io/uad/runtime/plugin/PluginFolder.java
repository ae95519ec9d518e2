package io.uad.runtime.plugin;

import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of plugins, or one plugin: a jar, a zip, an unpacked zip, or the classes of a build. Each gets a class loader of
 * its own. Other files in a folder of plugins are passed over.
 */
public final class PluginFolder implements PluginSource {
    private final Path path;
    private final Path cache;

    /**
     * @param path the folder, or the plugin
     * @param cache where zips are unpacked to; made when there is one
     */
    public PluginFolder(Path path, Path cache) {
        this.path = path;
        this.cache = cache;
    }

    /** The plugins there, in the order of their names; the folder itself if it is one. */
    public List<Path> plugins() throws IOException {
        if (PluginForm.of(path).isPresent()) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var entries = Files.list(path)) {
            return entries.filter(entry -> PluginForm.of(entry).isPresent())
                    .sorted()
                    .toList();
        }
    }

    /** Whether no plugin is there. */
    public boolean isEmpty() {
        try {
            return plugins().isEmpty();
        } catch (IOException e) {
            return false; // which contents() reports
        }
    }

    @Override
    public Contents contents() {
        var components = new ArrayList<RegisteredComponent>();
        var failures = new ArrayList<LoadFailure>();
        var warnings = new ArrayList<String>();
        try {
            for (var plugin : plugins()) {
                var contents = load(plugin);
                components.addAll(contents.components());
                failures.addAll(contents.failures());
                warnings.addAll(contents.warnings());
            }
        } catch (IOException e) {
            failures.add(
                    LoadFailure.ofAnyStage("the folder of plugins " + path + " cannot be read: " + e.getMessage()));
        }
        return new Contents(components, failures, warnings);
    }

    private Contents load(Path plugin) {
        try {
            return isolated(plugin).contents();
        } catch (RuntimeException e) { // of a kind that says what is wrong, or of none
            var reason =
                    e instanceof UadException ? String.valueOf(e.getMessage()) : plugin + " cannot be loaded: " + e;
            return new Contents(List.of(), List.of(LoadFailure.ofAnyStage(reason)), List.of());
        }
    }

    /**
     * One plugin, unpacked if it is a zip.
     *
     * @throws UadException as {@link PluginZip#unpack}
     */
    IsolatedPlugin isolated(Path plugin) {
        var loaded =
                PluginForm.of(plugin).orElseThrow() == PluginForm.ZIP ? new PluginZip(plugin).unpack(cache) : plugin;
        return new IsolatedPlugin(plugin, loaded);
    }
}
