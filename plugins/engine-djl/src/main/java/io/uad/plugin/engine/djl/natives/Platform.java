package io.uad.plugin.engine.djl.natives;

import java.util.Locale;

/**
 * A system and its processor, in DJL's words.
 *
 * @param system {@code linux}, {@code osx} or {@code win}
 * @param processor {@code x86_64}, {@code aarch64}, or what the system calls another
 */
record Platform(String system, String processor) {
    /** Where this runs. */
    static Platform here() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var processor = System.getProperty("os.arch");
        return new Platform(
                system.startsWith("win") ? "win" : system.startsWith("mac") ? "osx" : "linux",
                processor.equals("amd64") ? "x86_64" : processor);
    }

    /** A library's file, {@code libtorch.so} for {@code torch}. */
    String fileOf(String library) {
        return switch (system) {
            case "win" -> library + ".dll";
            case "osx" -> "lib" + library + ".dylib";
            default -> "lib" + library + ".so";
        };
    }

    /** {@code linux-x86_64}. */
    @Override
    public String toString() {
        return system + "-" + processor;
    }
}
