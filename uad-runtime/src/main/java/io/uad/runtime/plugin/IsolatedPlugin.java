package io.uad.runtime.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.pf4j.CompoundPluginDescriptorFinder;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PropertiesPluginDescriptorFinder;

/** One plugin in a place of its own, by PF4J: its classes see the API and what it brings itself. */
final class IsolatedPlugin implements PluginSource {
    private final Path origin;
    private final Path plugin;
    private final String apiVersion;

    /**
     * @param origin what the user put there
     * @param plugin what is loaded: the same, or the folder that a zip was unpacked to
     */
    IsolatedPlugin(Path origin, Path plugin) {
        this(origin, plugin, ApiVersion.CURRENT);
    }

    IsolatedPlugin(Path origin, Path plugin, String apiVersion) {
        this.origin = origin;
        this.plugin = plugin;
        this.apiVersion = apiVersion;
    }

    /**
     * A plugin after the attempt to load it.
     *
     * @param id its name; the file's if it could not be read
     * @param version {@code 0.0.0} if it says none
     */
    record Loaded(String id, String version, Contents contents) {}

    @Override
    public Contents contents() {
        return load().contents();
    }

    Loaded load() {
        try {
            return read();
        } catch (IOException | RuntimeException | LinkageError e) {
            return failed(nameOf(origin), RegisteredComponent.UNKNOWN_VERSION, reason(e));
        }
    }

    private Loaded read() throws IOException {
        if (PluginForm.of(plugin).orElseThrow() == PluginForm.JAR) {
            new JarFile(plugin.toFile()).close(); // says what is wrong with a file that is no jar
        }
        var manager = new Manager(plugin, apiVersion);
        var wrapper = manager.getPlugin(manager.loadPlugin(plugin));
        var id = wrapper.getPluginId();
        var version = wrapper.getDescriptor().getVersion();
        if (wrapper.getPluginState() == PluginState.DISABLED) {
            return failed(
                    id,
                    version,
                    "it needs a version of the API " + wrapper.getDescriptor().getRequires() + ", and this is "
                            + manager.getSystemVersion());
        }
        var loader = (ApiFirstClassLoader) wrapper.getPluginClassLoader();
        var found = new ServiceLoaderSource(loader, type -> type.getClassLoader() == loader).contents();
        var contents = new Contents(
                found.components().stream()
                        .map(component -> component.from(origin.toString(), version))
                        .toList(),
                found.failures().stream()
                        .map(failure -> new LoadFailure(failure.stage(), failure.reason() + " (from " + origin + ")"))
                        .toList(),
                warnings(loader, found));
        return new Loaded(id, version, contents);
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

    private Loaded failed(String id, String version, String reason) {
        var failure = LoadFailure.ofAnyStage("the plugin " + origin + " could not be loaded: " + reason);
        return new Loaded(id, version, new Contents(List.of(), List.of(failure), List.of()));
    }

    private static String nameOf(Path plugin) {
        return String.valueOf(plugin.getFileName()).replaceFirst("\\.(jar|zip)$", "");
    }

    private static String reason(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** PF4J for a single plugin. */
    private static final class Manager extends DefaultPluginManager {
        Manager(Path plugin, String apiVersion) {
            super(List.of(plugin.toAbsolutePath().getParent()));
            setSystemVersion(apiVersion);
        }

        @Override
        protected PluginDescriptorFinder createPluginDescriptorFinder() {
            return new NamedByFile(new CompoundPluginDescriptorFinder()
                    .add(new PropertiesPluginDescriptorFinder())
                    .add(new ManifestPluginDescriptorFinder()));
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
            var loader = new ApiFirstClassLoader(manager, descriptor, IsolatedPlugin.class.getClassLoader());
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

    /** Takes the file's name where a manifest names no plugin, as in a jar that is made for the class path. */
    private record NamedByFile(PluginDescriptorFinder finder) implements PluginDescriptorFinder {
        @Override
        public boolean isApplicable(Path plugin) {
            return true;
        }

        @Override
        public PluginDescriptor find(Path plugin) {
            try {
                var found = finder.find(plugin);
                return isGiven(found.getPluginId()) && isGiven(found.getVersion())
                        ? found
                        : described(
                                isGiven(found.getPluginId()) ? found.getPluginId() : nameOf(plugin),
                                isGiven(found.getVersion()) ? found.getVersion() : RegisteredComponent.UNKNOWN_VERSION,
                                isGiven(found.getRequires()) ? found.getRequires() : "");
            } catch (PluginRuntimeException e) { // no manifest and no properties, as in the classes of a build
                return described(nameOf(plugin), RegisteredComponent.UNKNOWN_VERSION, "");
            }
        }

        private static PluginDescriptor described(String id, String version, String requires) {
            return new DefaultPluginDescriptor(id, "", "org.pf4j.Plugin", version, requires, "", "");
        }

        private static boolean isGiven(@Nullable String text) {
            return text != null && !text.isEmpty();
        }
    }
}
