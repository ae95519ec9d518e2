package io.uad.plugin.engine.djl.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LibtorchFolderTest {
    @TempDir
    Path folder;

    @Test
    void theLibrariesAreFoundInTheFolderOrBelowIt() throws IOException {
        MadeUpNatives.cuda(folder.resolve("site-packages/torch/lib"));
        var lib = folder.resolve("site-packages/torch/lib").toAbsolutePath();
        for (var given : List.of("site-packages", "site-packages/torch", "site-packages/torch/lib")) {
            var found = LibtorchFolder.in(folder.resolve(given)).orElseThrow();
            assertEquals(lib, found.path());
            assertEquals(Optional.empty(), found.misfit("cu128"));
        }
        assertEquals(Optional.empty(), LibtorchFolder.in(folder.resolve("nowhere")));
    }

    @Test
    void theVersionStandsInAFileOfLibtorchOrOfPython() throws IOException {
        var lib = MadeUpNatives.cuda(folder.resolve("torch/lib"));
        var found = LibtorchFolder.in(lib).orElseThrow();
        assertTrue(found.doubt("cu128").orElseThrow().contains("does not say its version"));
        Files.writeString(folder.resolve("torch/version.py"), """
                from typing import Optional

                __all__ = ['__version__', 'debug', 'cuda']
                __version__ = '2.7.1+cu128'
                cuda: Optional[str] = '12.8'
                """);
        assertEquals(Optional.of("2.7.1+cu128"), found.version());
        assertEquals(Optional.empty(), found.doubt("cu128"));
        Files.writeString(folder.resolve("torch/build-version"), "2.7.1+cu126\n");
        assertEquals(Optional.empty(), found.misfit("cu128"));
        assertEquals(
                "It is built for cu126, and DJL's library for cu128.",
                found.doubt("cu128").orElseThrow());
    }

    @Test
    void anotherVersionDoesNotFit() throws IOException {
        MadeUpNatives.cuda(folder.resolve("lib"));
        for (var version : List.of("2.8.0+cu128", "2.7.0", "2.7.10")) {
            Files.writeString(folder.resolve("build-version"), version);
            var misfit = LibtorchFolder.in(folder).orElseThrow().misfit("cu128").orElseThrow();
            assertTrue(misfit.found().endsWith("holds PyTorch " + version), misfit.found());
            assertTrue(misfit.expected().startsWith("PyTorch 2.7.1"), misfit.expected());
        }
    }

    @Test
    void anotherPlatformDoesNotFit() throws IOException {
        var other = MadeUpNatives.HERE == MadeUpNatives.X86_64 ? MadeUpNatives.AARCH64 : MadeUpNatives.X86_64;
        MadeUpNatives.cpu(folder.resolve("other"), other);
        var misfit = LibtorchFolder.in(folder.resolve("other"))
                .orElseThrow()
                .misfit("cpu")
                .orElseThrow();
        assertTrue(misfit.found().contains("natives for linux-"), misfit.found());
        assertEquals("those for " + Platform.here(), misfit.expected());
        Files.createDirectory(folder.resolve("windows"));
        Files.writeString(folder.resolve("windows/torch.dll"), "");
        misfit = LibtorchFolder.in(folder.resolve("windows"))
                .orElseThrow()
                .misfit("cu128")
                .orElseThrow();
        assertTrue(misfit.found().contains("natives for win-"), misfit.found());
        Files.createDirectory(folder.resolve("text"));
        Files.writeString(folder.resolve("text/libtorch.so"), "text");
        misfit = LibtorchFolder.in(folder.resolve("text"))
                .orElseThrow()
                .misfit("cu128")
                .orElseThrow();
        assertTrue(misfit.found().contains("no known processor"), misfit.found());
    }

    @Test
    void theCpuBuildIsNoneForCuda() throws IOException {
        MadeUpNatives.cpu(folder, MadeUpNatives.HERE);
        var found = LibtorchFolder.in(folder).orElseThrow();
        assertEquals(Optional.empty(), found.misfit("cpu"));
        assertTrue(found.misfit("cu128").orElseThrow().found().contains("has no libc10_cuda.so"));
        assertTrue(found.misfit("cu128").orElseThrow().expected().contains("built for CUDA"));
        Files.delete(folder.resolve("libtorch_cpu.so"));
        assertTrue(found.misfit("cpu").orElseThrow().found().contains("has no libtorch_cpu.so"));
    }

    @Test
    void theLibraryOfDjlIsForOneVersionAndSomeBuilds() {
        assertEquals("2.7.1", JniLibrary.version());
        assertEquals(List.of("cpu", "cu128"), JniLibrary.flavors(new Platform("linux", "x86_64")));
        assertEquals(List.of("cpu"), JniLibrary.flavors(new Platform("linux", "aarch64")));
    }
}
