package io.uad.plugin.engine.djl.natives;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.NativesRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Makes an installation, as far as possible tried, which then only has to be put in its place.
 *
 * @param request what is asked for
 * @param inHand an empty folder on the disk of the place
 * @param place where it will be
 * @param trial a program that loads PyTorch and computes something
 * @param hasDriver whether there is one for GPUs
 */
record Preparation(NativesRequest request, Path inHand, Path place, Class<?> trial, boolean hasDriver) {
    private static final String WHERE = "engine/djl";

    Installation copied(LibtorchFolder folder) throws IOException {
        var files = LibraryFiles.of(folder.path());
        if (!files.missing().isEmpty()) {
            request.notice()
                    .accept("warning: nowhere in reach of " + folder.path() + " lies "
                            + String.join(", ", files.missing()) + ".");
        }
        var total = 0L;
        for (var file : files.files()) {
            total += Files.size(file);
        }
        request.notice()
                .accept("Taking " + files.files().size() + " libraries, " + (total >> 20) + " MiB, from " + files.root()
                        + ".");
        var done = 0L;
        for (var file : files.files()) {
            copy(file, made().resolve(files.root().relativize(file)));
            done += Files.size(file);
            request.progress().update(done, total);
        }
        var made = new Installation(made(), made().resolve(files.root().relativize(folder.path())), request.flavor());
        judge(hasDriver ? tried(made) : "no NVIDIA driver was found");
        return made;
    }

    /** By a second name for the same bytes where that can be, which takes no room and stays when the first one goes. */
    private static void copy(Path file, Path target) throws IOException {
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        var real = file.toRealPath();
        try {
            Files.createLink(target, real);
        } catch (IOException | UnsupportedOperationException e) { // another disk, or one without such links
            Files.copy(real, target);
        }
    }

    Installation fetched() throws IOException {
        request.notice()
                .accept("DJL fetches PyTorch " + JniLibrary.version() + " for " + request.flavor()
                        + ", some gigabytes.");
        var said = new ChildJvm(trial, inHand)
                .run(environment("false", ""), () -> request.progress().update(fetchedBytes(), 0));
        var made = new Installation(made(), made(), request.flavor());
        if (!Files.exists(made().resolve(Platform.here().fileOf("torch")))) {
            throw UadException.resource(
                    "PyTorch for " + request.flavor() + " cannot be fetched: " + said,
                    WHERE,
                    "a connection to where DJL keeps its natives",
                    "Give a folder that holds them: --libtorch DIR");
        }
        made.misfit().ifPresent(misfit -> {
            throw misfit.error(WHERE, "Give a folder that holds them: --libtorch DIR");
        });
        judge(said);
        return made;
    }

    private String tried(Installation installation) throws IOException {
        return new ChildJvm(trial, inHand)
                .run(
                        environment("true", installation.libraries().toString()),
                        () -> request.progress().update(0, 0));
    }

    /** Without a driver nobody can tell whether they work; a GPU may be hidden, or its driver be updated. */
    private void judge(String said) {
        if (said.equals(ChildJvm.WELL)) {
            return;
        }
        if (hasDriver && !said.equals(ChildJvm.WELL_ON_CPU)) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "these natives do not work here: " + said,
                    WHERE,
                    "PyTorch " + JniLibrary.version() + " for " + request.flavor() + ", and a driver that fits it",
                    "Nothing was installed. Give another folder with --libtorch DIR, or update the driver");
        }
        request.notice().accept("warning: they could not be tried on a GPU here: " + said + ".");
    }

    private Map<String, String> environment(String offline, String path) {
        return Map.of(
                "ENGINE_CACHE_DIR",
                inHand.toString(),
                "PYTORCH_FLAVOR",
                request.flavor(),
                "PYTORCH_VERSION",
                JniLibrary.version(),
                "PYTORCH_LIBRARY_PATH",
                path,
                "DJL_OFFLINE",
                offline,
                "OPT_OUT_TRACKING",
                "true");
    }

    /** Where DJL will have put what is in hand: under the name of the place. */
    private Path made() {
        return inHand.resolve("pytorch").resolve(place.getFileName());
    }

    private long fetchedBytes() {
        return bytes(inHand.resolve("pytorch").toFile());
    }

    /** Of files that come and go meanwhile. */
    private static long bytes(File file) {
        var files = file.listFiles();
        return files == null
                ? file.length()
                : Arrays.stream(files).mapToLong(Preparation::bytes).sum();
    }
}
