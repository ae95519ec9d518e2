package io.uad.plugin.engine.djl.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Progress;
import io.uad.api.UadException;
import io.uad.api.engine.NativesRequest;
import io.uad.plugin.engine.djl.DjlProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64") // for which DJL has a library for CUDA
class NativesInstallerTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private NativesStore store;
    private Path source;

    @BeforeEach
    void places() throws IOException {
        store = new NativesStore(folder.resolve("cache/pytorch"));
        source = MadeUpNatives.cuda(folder.resolve("libtorch/lib"));
        Files.writeString(folder.resolve("libtorch/build-version"), "2.7.1+cu128");
    }

    private Optional<Path> install(String flavor, Path from) {
        return install(flavor, Optional.of(from), Progress.NONE, false);
    }

    private Optional<Path> goBack() {
        return install("cpu", Optional.empty(), Progress.NONE, false);
    }

    private Optional<Path> install(String flavor, Optional<Path> from, Progress progress, boolean hasDriver) {
        return new NativesInstaller(store, Fails.class, hasDriver)
                .install(new NativesRequest(flavor, from, progress, said::add));
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(store.folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".uad-natives.lock"))
                    .toList();
        }
    }

    @Test
    void aFolderIsInstalledUnderDjlsNameAndGoesAgain() throws IOException {
        var place = install("cu128", folder.resolve("libtorch")).orElseThrow();
        assertEquals(folder.resolve("cache/pytorch/2.7.1-cu128-linux-x86_64"), place);
        assertEquals(place, store.installed().get(0).root());
        assertEquals(Optional.empty(), store.installed().get(0).misfit());
        assertEquals(List.of(place.getFileName().toString()), left());
        assertTrue(said.toString().contains("no NVIDIA driver"), said.toString());
        assertTrue(said.get(said.size() - 1).contains("Installed 0 MiB in " + place), said.toString());

        install("cu128", source); // again, which replaces it
        assertEquals(List.of(place.getFileName().toString()), left());
        assertEquals(Optional.empty(), goBack());
        assertEquals(List.of(), left());
        assertEquals(List.of(), store.installed());
        assertTrue(said.get(said.size() - 1).startsWith("Removed " + place), said.toString());
        assertTrue(Files.exists(source.resolve("libtorch.so")), "the user's own stays");
        goBack();
        assertTrue(said.get(said.size() - 1).startsWith("No other natives"), said.toString());
    }

    @Test
    void aPythonsLibrariesKeepTheirPlacesToEachOther() throws IOException {
        var lib = MadeUpNatives.cuda(folder.resolve("python/torch/lib"));
        MadeUpNatives.library(
                lib.resolve("libtorch_cuda.so"),
                MadeUpNatives.HERE,
                List.of("libcudart.so.12"),
                "$ORIGIN/../../nvidia/lib");
        MadeUpNatives.library(folder.resolve("python/nvidia/lib/libcudart.so.12"), MadeUpNatives.HERE, List.of(), "");
        var place = install("cu128", folder.resolve("python")).orElseThrow();
        assertTrue(Files.exists(place.resolve("nvidia/lib/libcudart.so.12")));
        assertEquals(place.resolve("torch/lib"), store.installed().get(0).libraries());
        assertTrue(said.toString().contains("does not say its version"), said.toString());
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws IOException {
        refused(ErrorKind.CONFIG, "cu126", source, "'cu126'", "one of cpu, cu128");
        refused(ErrorKind.CONFIG, "cpu", source, "flavor is cpu");
        refused(ErrorKind.RESOURCE, "cu128", folder.resolve("nowhere"), "there is no folder", "libtorch.so", "2.7.1");
        refused(ErrorKind.RESOURCE, "cu128", Files.createDirectory(folder.resolve("empty")), "no libtorch in");
        Files.writeString(folder.resolve("libtorch/build-version"), "2.8.0+cu128");
        refused(ErrorKind.RESOURCE, "cu128", source, "PyTorch 2.8.0", "PyTorch 2.7.1");
        var other = MadeUpNatives.cpu(folder.resolve("other"), MadeUpNatives.AARCH64);
        refused(ErrorKind.RESOURCE, "cu128", other, "linux-aarch64", "linux-x86_64");
        assertFalse(Files.exists(store.folder()));
    }

    private void refused(ErrorKind kind, String flavor, Path from, String... words) {
        var failure = assertThrows(UadException.class, () -> install(flavor, from));
        assertEquals(kind, failure.kind(), failure.toString());
        for (var word : words) {
            assertTrue(failure.toString().contains(word), failure.toString());
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsAnErrorOfTheMachine() throws IOException {
        Files.writeString(folder.resolve("cache"), "in the way");
        refused(
                ErrorKind.RESOURCE,
                "cu128",
                source,
                "ENGINE_CACHE_DIR",
                store.folder().toString());
    }

    @Test
    void whatIsStoppedLeavesThingsAsTheyWere() throws IOException {
        var before = install("cu128", source).orElseThrow();
        var time = Files.getLastModifiedTime(before.resolve("uad-natives.properties"));
        assertThrows(
                CancellationException.class,
                () -> install(
                        "cu128",
                        Optional.of(source),
                        (done, total) -> {
                            throw new CancellationException();
                        },
                        false));
        assertEquals(List.of(before.getFileName().toString()), left());
        assertEquals(time, Files.getLastModifiedTime(before.resolve("uad-natives.properties")));
    }

    @Test
    void whatAKilledProcessLeftIsRemoved() throws IOException {
        Files.createDirectories(store.folder().resolve(".uad-natives-1/pytorch"));
        install("cu128", source);
        assertEquals(1, left().size(), left().toString());
    }

    @Test
    void anotherInstallationHasToEndFirst() throws IOException {
        store.change(inHand -> {
            refused(ErrorKind.RESOURCE, "cu128", source, "another process");
            return inHand;
        });
    }

    /** Says so as a program of its own. */
    static final class Fails {
        private Fails() {}

        public static void main(String[] arguments) throws IOException {
            Files.writeString(Path.of(arguments[0]), "GPU is too old");
        }
    }

    @Test
    void whereThereIsADriverNothingIsInstalledThatDoesNotWork() throws IOException {
        var failure =
                assertThrows(UadException.class, () -> install("cu128", Optional.of(source), Progress.NONE, true));
        assertEquals(ErrorKind.RESOURCE, failure.kind());
        assertTrue(failure.toString().contains("do not work here: GPU is too old"), failure.toString());
        assertEquals(List.of(), left());
    }

    /** The real program, on files that no linker takes. */
    @Test
    void aTrialOfGarbageIsAnErrorAndNoCrash() {
        var trial = new NativesInstaller(store, trial(), true);
        var request = new NativesRequest("cu128", Optional.of(source), Progress.NONE, said::add);
        var failure = assertThrows(UadException.class, () -> trial.install(request));
        assertTrue(failure.toString().contains("these natives do not work here"), failure.toString());
    }

    /** The proxy refuses: nothing goes out, wherever the test runs. */
    @Test
    void withoutAConnectionAFolderIsAskedFor() throws IOException {
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", "1");
        try {
            var installer = new NativesInstaller(store, trial(), false);
            var request = new NativesRequest("cu128", Optional.empty(), Progress.NONE, said::add);
            var failure = assertThrows(UadException.class, () -> installer.install(request));
            assertEquals(ErrorKind.RESOURCE, failure.kind());
            assertTrue(failure.toString().contains("cannot be fetched: "), failure.toString());
            assertTrue(failure.toString().contains("refused"), failure.toString());
            assertTrue(failure.toString().contains("--libtorch DIR"), failure.toString());
            assertEquals(List.of(), left());
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        }
    }

    private static Class<?> trial() {
        try {
            return Class.forName(DjlProvider.class.getPackageName() + ".Trial");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
