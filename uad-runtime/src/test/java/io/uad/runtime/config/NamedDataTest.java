package io.uad.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.plugin.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedDataTest {
    private static final ConfigLayer PACKED_RUN =
            ConfigLayer.text("run", "dataset: {plugin: packed, path: old.uadpack}");
    private static final ConfigLayer OTHER_RUN = ConfigLayer.text("run", "dataset: {plugin: listed, path: old.txt}");

    @Test
    void aPackedCopyIsReadByItsPluginWhateverWasChosen() {
        for (var below : List.of(List.<ConfigLayer>of(), List.of(PACKED_RUN), List.of(OTHER_RUN))) {
            var config = read("new.uadpack", below);
            assertEquals("packed", config.dataset().name());
            assertEquals("new.uadpack", config.dataset().option("path").orElseThrow());
        }
        assertEquals(
                List.of("dataset: a.UADPACK is a packed copy, so it is read by dataset.plugin=packed"),
                read("a.UADPACK", List.of()).notices());
    }

    @Test
    void allElseIsReadByThePluginThatIsChosenUnlessThatReadsPackedCopiesOnly() {
        assertEquals("image-folder", read("photos", List.of()).dataset().name());
        assertEquals(List.of(), read("photos", List.of()).notices());
        assertEquals("listed", read("photos.txt", List.of(OTHER_RUN)).dataset().name());
        var folder = read("photos", List.of(PACKED_RUN));
        assertEquals("image-folder", folder.dataset().name());
        assertTrue(folder.notices()
                .contains("dataset: photos is no packed copy, so it is read by dataset.plugin=image-folder"));
    }

    @Test
    void aFolderIsNoPackedCopyWhateverItIsCalled(@TempDir Path folder) throws IOException {
        assertFalse(NamedData.isPacked(Files.createDirectory(folder.resolve("a.uadpack"))));
        assertTrue(NamedData.isPacked(folder.resolve("b.uadpack")));
        assertFalse(NamedData.isPacked(folder.resolve("uadpack")));
    }

    private static RunConfig read(String data, List<ConfigLayer> below) {
        var registry = Fakes.registry(List.of(
                Fakes.component(Stage.DATASET, "packed", Fakes.Folder.class),
                Fakes.component(Stage.DATASET, "listed", Fakes.Folder.class)));
        var layers = new ArrayList<>(below);
        layers.addAll(NamedData.layers("DIR", Path.of(data), below));
        return new ConfigReader(registry, PresetSource.installed()).read(layers);
    }
}
