package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Natives that are asked for by the packaged command; what becomes of real ones is told where the engine is. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64") // for which DJL has a library for CUDA
class EngineInstallIT {
    @TempDir
    Path folder;

    @Test
    void aFolderThatIsNoLibtorchIsRefusedAndNothingIsWritten() throws IOException {
        var libtorch = Files.createDirectory(folder.resolve("libtorch"));
        Files.writeString(libtorch.resolve("libtorch.so"), "no library");
        var cache = folder.resolve("cache");
        Uad.runWith(
                        "ENGINE_CACHE_DIR=" + cache,
                        "engines",
                        "install",
                        "djl",
                        "--flavor",
                        "cu128",
                        "--libtorch",
                        libtorch)
                .exits(5)
                .says("--libtorch", libtorch.toString(), "expected those for linux-x86_64");
        assertFalse(Files.exists(cache));
    }

    @Test
    void goingBackWithoutAnInstallationChangesNothing() {
        var outcome = Uad.runWith(
                        "ENGINE_CACHE_DIR=" + folder.resolve("cache"), "engines", "install", "djl", "--flavor", "cpu")
                .exits(0)
                .says("No other natives are installed", folder.toString(), "uad doctor");
        assertTrue(outcome.out().contains("djl cpu: the natives that it comes with"), outcome.out());
    }

    @Test
    void enginesThatAreNotInstalledNameTheNearest() {
        Uad.run("engines", "install", "dl4j", "--flavor", "cu116").exits(2).says("unknown engine 'dl4j'", "djl");
    }

    @Test
    void whatTheReadmeLinksIsThere() throws IOException {
        var readme = Files.readString(Distribution.HOME.resolve("README.md"));
        for (var page : new String[] {"plugins/engine-djl/README.md", "plugins/engine-dl4j/README.md"}) {
            assertTrue(readme.contains("(" + page + ")"), page);
            assertTrue(Files.exists(Distribution.HOME.resolve(page)), page);
        }
    }
}
