package io.uad.cli.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plugin.PluginRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
    @TempDir
    Path folder;

    @Test
    void theImagesOfOneThatRunsAreLeftAlone() throws IOException {
        try (var running = RunFolder.open(folder, RunFolder.Kind.QUICKSTART, RunFolder.Mode.OVERWRITE)) {
            var image = Files.createDirectories(running.path().resolve("images/train"))
                    .resolve("0.jpg");
            Files.writeString(image, "of the one that runs");

            var error = refused();

            assertEquals(ErrorKind.RESOURCE, error.kind());
            assertTrue(error.toString().contains("in use"), error.toString());
            assertTrue(Files.exists(image));
        }
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        var images = Files.createDirectory(folder.resolve("images"));
        Files.writeString(images.resolve("mine.jpg"), "mine");

        var error = refused();

        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(Files.exists(images.resolve("mine.jpg")));
        assertFalse(Files.exists(folder.resolve(".lock")));
    }

    private UadException refused() {
        var registry = PluginRegistry.of(List.of());
        var quickstart =
                new Quickstart(new ConfigReader(registry, PresetSource.installed()), folder, 31, sentence -> {});
        return assertThrows(UadException.class, quickstart::run);
    }
}
