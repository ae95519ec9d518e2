package io.uad.runtime.plugin;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pf4j.CompoundPluginDescriptorFinder;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PropertiesPluginDescriptorFinder;

/**
 * Who a plugin says it is, by {@code plugin.properties} or its manifest; no class of it is loaded.
 *
 * @param id its name; the file's if it does not say
 * @param version {@code 0.0.0} if it does not say
 */
record PluginIdentity(String id, String version) {
    /** Of a jar, zip or folder; a broken one is called by its file's name. */
    static PluginIdentity of(Path plugin) {
        var found = finder(plugin).find(plugin);
        return new PluginIdentity(found.getPluginId(), found.getVersion());
    }

    /** One that cannot be read. */
    static PluginIdentity unknown(Path plugin) {
        return new PluginIdentity(nameOf(plugin), RegisteredComponent.UNKNOWN_VERSION);
    }

    /** By which two are the same plugin: on some disks, names that differ in case only are one file. */
    String key() {
        return id.toLowerCase(Locale.ROOT);
    }

    /**
     * Finds what PF4J wants to know.
     *
     * @param origin what the user put there, by whose name a plugin is called that does not say its own
     */
    static PluginDescriptorFinder finder(Path origin) {
        return new NamedByFile(
                nameOf(origin),
                new CompoundPluginDescriptorFinder()
                        .add(new PropertiesPluginDescriptorFinder())
                        .add(new ManifestPluginDescriptorFinder()));
    }

    private static String nameOf(Path plugin) {
        return String.valueOf(plugin.getFileName()).replaceFirst("(?i)\\.(jar|zip)$", "");
    }

    /** Takes the file's name where a manifest names no plugin, as in a jar that is made for the class path. */
    private record NamedByFile(String name, PluginDescriptorFinder finder) implements PluginDescriptorFinder {
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
                                isGiven(found.getPluginId()) ? found.getPluginId() : name,
                                isGiven(found.getVersion()) ? found.getVersion() : RegisteredComponent.UNKNOWN_VERSION,
                                isGiven(found.getRequires()) ? found.getRequires() : "");
            } catch (PluginRuntimeException e) { // no manifest and no properties, as in the classes of a build
                return described(name, RegisteredComponent.UNKNOWN_VERSION, "");
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
