package io.uad.plugin.decoder.leptonica;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.leptonica.global.leptonica;

/** Loads Leptonica's natives, once per process. */
final class Library {
    private static final int NO_MESSAGES = leptonica.L_SEVERITY_NONE;

    private Library() {}

    /**
     * Makes sure that the library is there, and that it keeps to itself what it thinks of files.
     *
     * @throws UadException of kind RESOURCE if it cannot be had on this machine
     */
    static synchronized void load() {
        try {
            Loader.load(leptonica.class);
            leptonica.setMsgSeverity(NO_MESSAGES);
        } catch (RuntimeException | LinkageError e) {
            throw failed(e);
        }
    }

    static UadException failed(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        var reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        if (reason.toLowerCase(Locale.ROOT).contains("already loaded in another classloader")) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    "Leptonica's native library is in use by another copy of it in this process: " + reason,
                    "decoder/leptonica",
                    "one Leptonica per process, loaded once: a plugin with natives cannot be loaded again or twice",
                    "Restart the program",
                    failure);
        }
        return new UadException(
                ErrorKind.RESOURCE,
                "Leptonica's native library cannot be loaded: " + reason,
                "decoder/leptonica",
                "the natives of this platform (" + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                        + ") beside the plugin, and a folder "
                        + System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp")
                        + " that can be written",
                "Decode in full (--set decoder.plugin=none), or build the plugin on the platform it is for",
                failure);
    }
}
