package io.uad.plugin.engine.djl.natives;

import ai.djl.util.Utils;
import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which natives a process loads, decided without loading anything: those that a user names by {@code PYTORCH_LIBRARY_PATH},
 * else an installation, unless the run wants the CPU or the installation cannot be used here, else those that DJL comes with.
 *
 * @param properties what DJL has to be told, as system properties; its environment variables of the same names come first
 * @param reason why there will be no GPU, if that is certain already; else empty
 * @param folder where the natives lie if they are not DJL's own
 * @param action what the user can do if they cannot be loaded
 */
public record NativesChoice(Map<String, String> properties, String reason, Optional<Path> folder, String action) {
    private static final String PATH = "PYTORCH_LIBRARY_PATH";
    private static final String FLAVOR = "PYTORCH_FLAVOR";
    private static final String VERSION = "PYTORCH_VERSION";
    /** Where DJL then finds CUDA's runtime, by which it counts GPUs. */
    private static final String JNA = "jna.library.path";

    /** What the decision depends on. */
    @FunctionalInterface
    interface Settings {
        /** An environment variable, or the system property of that name. */
        @Nullable
        String of(String name);

        /** Whether it is set, and not to nothing. */
        default boolean has(String name) {
            var value = of(name);
            return value != null && !value.isBlank();
        }
    }

    /**
     * @param device as in the options of the engine
     * @throws UadException of kind RESOURCE or CONFIG if the user names natives that cannot be used
     */
    public static NativesChoice of(String device) {
        var isBundled = NativesChoice.class.getClassLoader().getResource("native/lib/pytorch.properties") != null;
        return of(device, Utils::getEnvOrSystemProperty, NativesStore.ofDjl(), NvidiaDriver.isHere(), isBundled);
    }

    static NativesChoice of(
            String device, Settings settings, NativesStore store, boolean hasDriver, boolean isBundled) {
        if (settings.has(PATH)) {
            return ofUser(String.valueOf(settings.of(PATH)), settings);
        }
        var installed = store.installed().stream().findFirst();
        if (installed.isEmpty()) {
            return bundled(hasDriver ? hint() : "");
        }
        var reason = against(installed.get(), device, settings, hasDriver);
        if (!reason.isEmpty() && isBundled) {
            return bundled(reason);
        }
        installed.get().misfit().ifPresent(misfit -> {
            throw misfit.error("engine/djl", back());
        });
        return installed(installed.get());
    }

    private static String against(Installation installed, String device, Settings settings, boolean hasDriver) {
        var those = "the " + installed.flavor() + " natives in " + installed.root();
        if (device.equals("cpu")) {
            return "this process has loaded the CPU natives, for an engine with device cpu";
        }
        for (var name : new String[] {PATH, FLAVOR, VERSION}) {
            var wanted = name.equals(FLAVOR) ? installed.flavor() : JniLibrary.version();
            var found = settings.of(name);
            if (found != null && !found.equals(wanted)) { // an environment variable would come before our property
                return name + " is '" + found + "', so " + those + " are not used";
            }
        }
        var misfit = installed.misfit();
        if (misfit.isPresent()) {
            return those + " cannot be used: " + misfit.get().found();
        }
        return hasDriver ? "" : "no NVIDIA driver was found, so " + those + " are not used";
    }

    private static NativesChoice installed(Installation installed) {
        var properties = new LinkedHashMap<String, String>();
        properties.put(PATH, installed.libraries().toString());
        properties.put(FLAVOR, installed.flavor());
        properties.put(VERSION, JniLibrary.version());
        if (System.getProperty(JNA) == null) {
            properties.put(JNA, installed.libraries().toString());
        }
        return new NativesChoice(properties, "", Optional.of(installed.root()), back());
    }

    private static NativesChoice bundled(String reason) {
        return new NativesChoice(Map.of(), reason, Optional.empty(), "");
    }

    private static NativesChoice ofUser(String path, Settings settings) {
        var action = "Correct " + PATH + ", or unset it";
        var torch = Platform.here().fileOf("torch");
        for (var part : path.split(File.pathSeparator)) { // DJL takes the first that has one
            var named = Path.of(part).toAbsolutePath().normalize();
            var given = named.endsWith(torch)
                    ? Optional.ofNullable(named.getParent()).orElse(named)
                    : named;
            var folder = LibtorchFolder.in(given);
            if (folder.isEmpty()) {
                continue;
            }
            if (!folder.get().path().equals(LibtorchFolder.real(given))) {
                throw UadException.resource(
                        "the libraries do not lie in " + given + " itself",
                        PATH,
                        folder.get().path().toString(),
                        action);
            }
            return ofUser(folder.get(), settings, action);
        }
        throw UadException.resource(
                "no libtorch in " + path,
                PATH,
                "the folder that " + torch + " of PyTorch " + JniLibrary.version() + " itself lies in",
                action);
    }

    private static NativesChoice ofUser(LibtorchFolder folder, Settings settings, String action) {
        var properties = new LinkedHashMap<String, String>();
        var flavor = settings.of(FLAVOR);
        if (flavor == null) {
            flavor = JniLibrary.flavors(Platform.here()).stream()
                    .filter(known -> known.startsWith("cpu") != folder.isForCuda())
                    .findFirst()
                    .orElse("cpu");
            properties.put(FLAVOR, flavor);
        }
        JniLibrary.require(flavor, Platform.here(), "Correct " + FLAVOR + ", or unset it");
        folder.misfit(flavor).ifPresent(misfit -> {
            throw misfit.error(PATH, action);
        });
        if (settings.has(VERSION) && !JniLibrary.version().equals(settings.of(VERSION))) {
            throw new UadException(
                    ErrorKind.CONFIG,
                    VERSION + " is '" + settings.of(VERSION) + "'",
                    PATH,
                    JniLibrary.version() + ", which DJL's library is made for",
                    "Correct both, or unset them");
        }
        return new NativesChoice(properties, "", Optional.of(folder.path()), action);
    }

    private static String hint() {
        var known = JniLibrary.flavors(Platform.here()).stream()
                .filter(flavor -> !flavor.startsWith("cpu"))
                .findFirst();
        return known.map(flavor -> "this PyTorch is the CPU build; 'uad engines install djl --flavor " + flavor
                        + "' installs one for GPUs")
                .orElse("");
    }

    private static String back() {
        return "'uad engines install djl --flavor cpu' goes back to the natives that it comes with";
    }
}
