package io.uad.runtime.plugin;

import io.uad.api.UadException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

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
        return contents(false);
    }

    /** As {@link #contents}, after a look at every byte of each jar and zip: loading reads only what it needs. */
    public Contents contentsOfWhole() {
        return contents(true);
    }

    private Contents contents(boolean whole) {
        var components = new ArrayList<RegisteredComponent>();
        var failures = new ArrayList<LoadFailure>();
        var warnings = new ArrayList<String>();
        var loaders = new ArrayList<Closeable>();
        var origins = new LinkedHashMap<String, List<Path>>();
        try {
            for (var plugin : plugins()) {
                var loaded = load(plugin, whole);
                var contents = loaded.contents();
                components.addAll(contents.components());
                failures.addAll(contents.failures());
                warnings.addAll(contents.warnings());
                loaders.addAll(contents.loaders());
                origins.computeIfAbsent(loaded.identity().key(), id -> new ArrayList<>())
                        .add(plugin);
            }
        } catch (IOException e) {
            failures.add(
                    LoadFailure.ofAnyStage("the folder of plugins " + path + " cannot be read: " + e.getMessage()));
        }
        origins.forEach((id, places) -> {
            if (places.size() > 1) {
                warnings.add(places.size() + " plugins are called " + id + ": "
                        + places.stream().map(Path::toString).collect(Collectors.joining(" and ")));
            }
        });
        return new Contents(components, failures, warnings, loaders);
    }

    private IsolatedPlugin.Loaded load(Path plugin, boolean whole) {
        try {
            if (whole && Files.isRegularFile(plugin)) {
                new PluginZip(plugin).checkWholly();
            }
            return isolated(plugin).load();
        } catch (RuntimeException e) { // of a kind that says what is wrong, or of none
            var reason =
                    e instanceof UadException ? String.valueOf(e.getMessage()) : plugin + " cannot be loaded: " + e;
            return new IsolatedPlugin.Loaded(PluginIdentity.unknown(plugin), Contents.failed(reason));
        }
    }

    private IsolatedPlugin isolated(Path plugin) {
        return isolated(plugin, plugin, cache);
    }

    /**
     * One plugin, unpacked if it is a zip.
     *
     * @param origin what the user put there, which messages name
     * @param plugin what is read: the same or a copy
     * @param cache where a zip is unpacked to
     * @throws UadException as {@link PluginZip#unpack}
     */
    static IsolatedPlugin isolated(Path origin, Path plugin, Path cache) {
        var zipped = PluginForm.of(plugin).orElseThrow() == PluginForm.ZIP;
        return new IsolatedPlugin(origin, zipped ? new PluginZip(origin, plugin).unpack(cache) : plugin);
    }
}
