package io.uad.runtime.plugin;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.jar.JarFile;

/** The jar or folder that a class was loaded from. */
record CodeOrigin(Optional<Path> place) {
    private static final String UNKNOWN = "unknown";

    static CodeOrigin of(Class<?> type) {
        var source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return new CodeOrigin(Optional.empty());
        }
        try {
            return new CodeOrigin(Optional.of(Path.of(source.getLocation().toURI())));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return new CodeOrigin(Optional.empty()); // not a file, for instance a class made at run time
        }
    }

    /** The path, or {@code unknown}. */
    String description() {
        return place.map(Path::toString).orElse(UNKNOWN);
    }

    /** {@code Plugin-Version} of the jar's manifest, else the package's implementation version, else {@code unknown}. */
    String version(Class<?> type) {
        return manifestVersion()
                .or(() -> Optional.ofNullable(type.getPackage().getImplementationVersion()))
                .orElse(UNKNOWN);
    }

    /** SHA-512 of the jar in hexadecimal; empty if the class does not come from a file. */
    Optional<String> sha512() {
        return place.filter(Files::isRegularFile).map(CodeOrigin::hash);
    }

    private Optional<String> manifestVersion() {
        if (place.filter(Files::isRegularFile).isEmpty()) {
            return Optional.empty();
        }
        try (var jar = new JarFile(place.get().toFile())) {
            var manifest = jar.getManifest();
            return manifest == null
                    ? Optional.empty()
                    : Optional.ofNullable(manifest.getMainAttributes().getValue("Plugin-Version"));
        } catch (IOException e) {
            return Optional.empty(); // a version is worth no failure: the classes did load
        }
    }

    /** SHA-512 of a file in hexadecimal. */
    static String hash(Path file) {
        try {
            var digest = MessageDigest.getInstance("SHA-512");
            try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-512", e);
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE, "cannot read: " + e.getMessage(), file.toString(), "a readable plugin", "", e);
        }
    }
}
