package io.uad.plugin.engine.djl.natives;

import io.uad.api.UadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder with PyTorch's native libraries.
 *
 * @param path where they lie
 * @param platform what they run on
 */
record LibtorchFolder(Path path, Platform platform) {
    /** Where they lie in what people name: the folder itself, an unpacked libtorch, a Python's torch or what holds it. */
    private static final List<String> PLACES = List.of("", "lib", "torch/lib", "libtorch/lib");

    private static final List<String> CPU = List.of("c10", "torch_cpu", "torch");
    private static final List<String> CUDA = List.of("c10_cuda", "torch_cuda");
    private static final List<Platform> SYSTEMS =
            List.of(new Platform("linux", ""), new Platform("win", ""), new Platform("osx", ""));

    private static final List<String> VERSION_FILES = List.of("build-version", "version.py");
    private static final Pattern VERSION =
            Pattern.compile("(?m)^(?:__version__\\s*=\\s*)?['\"]?(\\d+\\.\\d+[\\w.+-]*)");

    /** Why a folder cannot be used. */
    record Misfit(String found, String expected) {
        /** The error of it. */
        UadException error(String where, String action) {
            return UadException.resource(found, where, expected, action);
        }
    }

    /** Finds the libraries in a folder or where they lie below it; empty if there is no PyTorch for any system. */
    static Optional<LibtorchFolder> in(Path given) {
        for (var place : PLACES) {
            var folder = real(given.resolve(place));
            for (var system : SYSTEMS) {
                var file = folder.resolve(system.fileOf("torch"));
                if (Files.isRegularFile(file)) {
                    return Optional.of(new LibtorchFolder(folder, platform(file, system)));
                }
            }
        }
        return Optional.empty();
    }

    /** Without links, as the linker sees a folder when libraries look for others from their own place. */
    static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize(); // not there
        }
    }

    /** What an empty folder, or one of something else, is told. */
    static Misfit nothingIn(Path given) {
        var found = Files.isDirectory(given) ? "no libtorch in " + given : "there is no folder " + given;
        return new Misfit(
                found,
                "a folder with " + Platform.here().fileOf("torch")
                        + ", or one with it in lib/ or torch/lib/, of PyTorch " + JniLibrary.version());
    }

    /** Why this cannot be what DJL loads as a flavor; empty if nothing speaks against it. */
    Optional<Misfit> misfit(String flavor) {
        var here = Platform.here();
        if (!platform.equals(here)) {
            return Optional.of(new Misfit(path + " holds natives for " + platform, "those for " + here));
        }
        var missing = CPU.stream().filter(library -> !has(library)).findFirst();
        if (missing.isEmpty() && !flavor.startsWith("cpu")) {
            missing = CUDA.stream().filter(library -> !has(library)).findFirst();
        }
        if (missing.isPresent()) {
            var file = here.fileOf(missing.get());
            return Optional.of(new Misfit(
                    path + " has no " + file,
                    "a complete PyTorch" + (CUDA.contains(missing.get()) ? " that is built for CUDA" : "")));
        }
        return version()
                .filter(version -> !version.split("\\+")[0].equals(JniLibrary.version()))
                .map(version -> new Misfit(
                        path + " holds PyTorch " + version,
                        "PyTorch " + JniLibrary.version() + ", which DJL's library is made for"));
    }

    /** What should be said of one that fits as far as one can see; empty if nothing. */
    Optional<String> doubt(String flavor) {
        var version = version();
        if (version.isEmpty()) {
            return Optional.of("It does not say its version; with any other than PyTorch " + JniLibrary.version()
                    + " the engine fails.");
        }
        var build = version.get().indexOf('+') < 0
                ? ""
                : version.get().substring(version.get().indexOf('+') + 1);
        return build.isEmpty() || build.equals(flavor)
                ? Optional.empty()
                : Optional.of("It is built for " + build + ", and DJL's library for " + flavor + ".");
    }

    boolean isForCuda() {
        return has("torch_cuda");
    }

    /** As PyTorch writes it, {@code 2.7.1+cu128}, if it is written down beside the libraries. */
    Optional<String> version() {
        for (var folder : new Path[] {path, path.getParent()}) {
            for (var name : VERSION_FILES) {
                var found = folder == null ? Optional.<String>empty() : read(folder.resolve(name));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> read(Path file) {
        try {
            var found = VERSION.matcher(
                    Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean has(String library) {
        return Files.isRegularFile(path.resolve(platform.fileOf(library)));
    }

    private static Platform platform(Path file, Platform system) {
        try {
            return SharedLibrary.read(file)
                    .map(SharedLibrary::platform)
                    .orElse(new Platform(system.system(), "no known processor"));
        } catch (IOException e) {
            return new Platform(system.system(), "no known processor, as it cannot be read");
        }
    }
}
