package io.uad.runtime.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/** One plugin in a place of its own, by PF4J: its classes see the API and what it brings itself. */
final class IsolatedPlugin implements PluginSource {
    private final Path origin;
    private final Path plugin;
    private final String apiVersion;

    /**
     * @param origin what the user put there
     * @param plugin what is loaded: the same, a copy of it, or the folder that a zip was unpacked to
     */
    IsolatedPlugin(Path origin, Path plugin) {
        this(origin, plugin, ApiVersion.CURRENT);
    }

    IsolatedPlugin(Path origin, Path plugin, String apiVersion) {
        this.origin = origin;
        this.plugin = plugin;
        this.apiVersion = apiVersion;
    }

    /** A plugin after the attempt to load it; who it is, and what it holds. */
    record Loaded(PluginIdentity identity, Contents contents) implements AutoCloseable {
        @Override
        public void close() {
            contents.close();
        }
    }

    @Override
    public Contents contents() {
        return load().contents();
    }

    Loaded load() {
        try {
            return read();
        } catch (IOException | RuntimeException | LinkageError e) {
            return failed(PluginIdentity.unknown(origin), reason(e));
        }
    }

    private Loaded read() throws IOException {
        if (PluginForm.of(plugin).orElseThrow() == PluginForm.JAR) {
            new JarFile(plugin.toFile()).close(); // says what is wrong with a file that is no jar
        }
        var manager = new Manager(origin, plugin, apiVersion);
        var wrapper = manager.getPlugin(manager.loadPlugin(plugin));
        var loader = (ApiFirstClassLoader) wrapper.getPluginClassLoader();
        var done = false;
        try {
            var loaded = loaded(manager, wrapper, loader);
            done = !loaded.contents().loaders().isEmpty();
            return loaded;
        } finally {
            if (!done) {
                loader.close();
            }
        }
    }

    private Loaded loaded(Manager manager, PluginWrapper wrapper, ApiFirstClassLoader loader) {
        var identity = new PluginIdentity(
                wrapper.getPluginId(), wrapper.getDescriptor().getVersion());
        if (wrapper.getPluginState() == PluginState.DISABLED) {
            return failed(
                    identity,
                    "it needs a version of the API " + wrapper.getDescriptor().getRequires() + ", and this is "
                            + manager.getSystemVersion());
        }
        var found = new ServiceLoaderSource(loader, type -> type.getClassLoader() == loader).contents();
        var contents = new Contents(
                found.components().stream()
                        .map(component -> component.from(origin.toString(), identity.version()))
                        .toList(),
                found.failures().stream()
                        .map(failure ->
                                new LoadFailure(failure.stage(), ofOrigin(failure.reason()) + " (from " + origin + ")"))
                        .toList(),
                warnings(loader, found),
                List.of(loader));
        return new Loaded(identity, contents);
    }

    private List<String> warnings(ApiFirstClassLoader loader, Contents found) {
        var warnings = new ArrayList<String>();
        if (loader.bundlesTheApi()) {
            warnings.add(
                    "the plugin " + origin + " bundles classes of the API, which are not used: its author should give"
                            + " uad-api the scope 'provided'");
        }
        if (found.components().isEmpty() && found.failures().isEmpty()) {
            warnings.add(
                    "the plugin " + origin + " brings no component: no file META-INF/services/io.uad.api.* names one");
        }
        return warnings;
    }

    private Loaded failed(PluginIdentity identity, String reason) {
        return new Loaded(
                identity, Contents.failed("the plugin " + origin + " could not be loaded: " + ofOrigin(reason)));
    }

    /** Java's messages name the file that was read, which may be a copy that the user never saw. */
    private String ofOrigin(String message) {
        return message.replace(plugin.toUri().getRawPath(), origin.toUri().getRawPath())
                .replace(plugin.toString(), origin.toString());
    }

    private static String reason(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** PF4J for a single plugin. */
    private static final class Manager extends DefaultPluginManager {
        Manager(Path origin, Path plugin, String apiVersion) {
            super(List.of(plugin.toAbsolutePath().getParent()));
            pluginDescriptorFinder = PluginIdentity.finder(origin);
            setSystemVersion(apiVersion);
        }

        @Override
        protected PluginLoader createPluginLoader() {
            return new Loader(this);
        }
    }

    private record Loader(DefaultPluginManager manager) implements PluginLoader {
        @Override
        public boolean isApplicable(Path plugin) {
            return true;
        }

        @Override
        public ClassLoader loadPlugin(Path plugin, PluginDescriptor descriptor) {
            var shared = new SharedClasses(IsolatedPlugin.class.getClassLoader());
            var loader = new ApiFirstClassLoader(manager, descriptor, shared);
            try {
                for (var file : PluginForm.of(plugin).orElseThrow().classPath(plugin)) {
                    loader.addFile(file.toFile());
                }
            } catch (IOException e) {
                throw new PluginRuntimeException(e, "cannot read {}", plugin);
            }
            return loader;
        }
    }
}
