package io.uad.plugin.engine.common;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.Locale;
import java.util.Map;

/**
 * Natives that a plugin brings along and JavaCPP unpacks.
 *
 * @param where the engine, such as {@code engine/libtorch}
 * @param library its name, such as {@code PyTorch}
 */
public record BundledNatives(String where, String library) {
    /**
     * Loads them.
     *
     * @param properties of the system for that time, where the user has not set them
     * @throws UadException of kind RESOURCE if they cannot be had on this machine, or another copy of them is in use
     */
    public void load(Map<String, String> properties, Runnable loading) {
        var set = properties.keySet().stream()
                .filter(property -> System.getProperty(property) == null)
                .toList();
        set.forEach(property -> System.setProperty(property, properties.get(property)));
        try {
            loading.run();
        } catch (RuntimeException | LinkageError e) {
            throw failed(e);
        } finally {
            set.forEach(System::clearProperty);
        }
    }

    /** What a failure to load them means. */
    public UadException failed(Throwable failure) {
        var reason = LibraryFailures.reason(failure);
        if (reason.toLowerCase(Locale.ROOT).contains("already loaded in another classloader")) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    library + "'s native library is in use by another copy of " + library + " in this process: "
                            + reason,
                    where,
                    "one " + library
                            + " per process, loaded once: a plugin with natives cannot be loaded again or twice",
                    "Restart the program, with " + library
                            + " either in the plugin folder or on the class path, not both",
                    failure);
        }
        return new UadException(
                ErrorKind.RESOURCE,
                library + "'s native library cannot be loaded: " + reason,
                where,
                "the natives of this platform (" + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                        + ") beside the plugin, and a folder "
                        + System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp")
                        + " that can be written",
                "Build the plugin on the platform it is for, or choose another engine, such as engine.plugin: djl",
                failure);
    }
}
