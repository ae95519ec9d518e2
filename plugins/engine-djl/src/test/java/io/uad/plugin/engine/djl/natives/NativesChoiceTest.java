package io.uad.plugin.engine.djl.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64") // for which DJL has a library for CUDA
class NativesChoiceTest {
    private static final String PATH = "PYTORCH_LIBRARY_PATH";
    private static final String FLAVOR = "PYTORCH_FLAVOR";

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();
    private NativesStore store;
    private Path place;

    @BeforeEach
    void places() {
        store = new NativesStore(folder.resolve("pytorch"));
        place = store.place("cu128");
    }

    private NativesChoice choice(String device, boolean hasDriver, boolean isBundled) {
        return NativesChoice.of(device, settings::get, store, hasDriver, isBundled);
    }

    private NativesChoice choice() {
        return choice("auto", true, true);
    }

    private void assertBundled(String reason, NativesChoice choice) {
        assertEquals(Optional.empty(), choice.folder());
        assertEquals(Map.of(), choice.properties());
        assertTrue(choice.reason().contains(reason), choice.reason());
    }

    @Test
    void withoutAnInstallationTheBundledOnesAreTaken() {
        assertBundled("uad engines install djl --flavor cu128", choice());
        assertEquals("", choice("auto", false, true).reason());
    }

    @Test
    void anInstallationIsTakenForAGpu() throws IOException {
        MadeUpNatives.cuda(place);
        for (var device : new String[] {"auto", "gpu", "gpu:1"}) {
            var choice = choice(device, true, true);
            assertEquals(Optional.of(place), choice.folder());
            assertEquals(
                    Map.of(
                            PATH,
                            place.toString(),
                            FLAVOR,
                            "cu128",
                            "PYTORCH_VERSION",
                            "2.7.1",
                            "jna.library.path",
                            place.toString()),
                    choice.properties());
            assertTrue(choice.action().contains("--flavor cpu"), choice.action());
        }
    }

    @Test
    void withoutADriverOrForTheCpuTheBundledOnesAreTakenIfThereAreSome() throws IOException {
        MadeUpNatives.cuda(place);
        assertBundled("no NVIDIA driver was found", choice("auto", false, true));
        assertBundled("an engine with device cpu", choice("cpu", true, true));
        assertEquals(Optional.of(place), choice("cpu", false, false).folder());
    }

    @Test
    void anInstallationInPiecesIsNotTouched() throws IOException {
        MadeUpNatives.cuda(place);
        Files.delete(place.resolve("libc10_cuda.so"));
        assertBundled("has no libc10_cuda.so", choice());
        var failure = assertThrows(UadException.class, () -> choice("auto", true, false));
        assertEquals(ErrorKind.RESOURCE, failure.kind());
        assertTrue(failure.toString().contains(place.toString()), failure.toString());
        assertTrue(failure.toString().contains("uad engines install djl --flavor cpu"), failure.toString());
    }

    @Test
    void whatTheUserSaysOfTheFlavorComesFirst() throws IOException {
        MadeUpNatives.cuda(place);
        settings.put(FLAVOR, "cpu");
        assertBundled("PYTORCH_FLAVOR is 'cpu'", choice());
    }

    @Test
    void aFolderOfTheUsersComesFirstAndItsFlavorIsSeen() throws IOException {
        MadeUpNatives.cuda(place);
        var own = MadeUpNatives.cpu(folder.resolve("own"), MadeUpNatives.HERE);
        settings.put(PATH, folder.resolve("nowhere") + ":" + own);
        assertEquals(Map.of(FLAVOR, "cpu"), choice().properties());
        assertEquals(Optional.of(own), choice().folder());
        MadeUpNatives.cuda(own);
        assertEquals(Map.of(FLAVOR, "cu128"), choice().properties());
        settings.put(FLAVOR, "cu128");
        assertEquals(Map.of(), choice().properties());
        settings.put(PATH, Files.createSymbolicLink(folder.resolve("link"), own).toString());
        assertEquals(Optional.of(own), choice().folder());
    }

    @Test
    void aFolderOfTheUsersThatDoesNotFitIsAnError() throws IOException {
        settings.put(PATH, Files.createDirectory(folder.resolve("empty")).toString());
        refused(ErrorKind.RESOURCE, "no libtorch in", "libtorch.so");
        settings.put(
                PATH,
                MadeUpNatives.cpu(folder.resolve("arm"), MadeUpNatives.AARCH64).toString());
        refused(ErrorKind.RESOURCE, "linux-aarch64", "linux-x86_64");
        var lib = MadeUpNatives.cuda(folder.resolve("libtorch/lib"));
        settings.put(PATH, folder.resolve("libtorch").toString());
        refused(ErrorKind.RESOURCE, "do not lie in", lib.toString());
        settings.put(PATH, lib.toString());
        settings.put(FLAVOR, "cu124");
        refused(ErrorKind.CONFIG, "'cu124'", "one of cpu, cu128");
        settings.remove(FLAVOR);
        settings.put("PYTORCH_VERSION", "2.5.1");
        refused(ErrorKind.CONFIG, "PYTORCH_VERSION is '2.5.1'", "2.7.1");
        settings.remove("PYTORCH_VERSION");
        Files.writeString(folder.resolve("libtorch/build-version"), "2.6.0+cu126");
        refused(ErrorKind.RESOURCE, "PyTorch 2.6.0", "PyTorch 2.7.1");
    }

    private void refused(ErrorKind kind, String... words) {
        var failure = assertThrows(UadException.class, this::choice);
        assertEquals(kind, failure.kind(), failure.toString());
        for (var word : words) {
            assertTrue(failure.toString().contains(word), failure.toString());
        }
    }
}
