package io.uad.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetSourceTest {
    private static final Path OURS = Path.of("../distributions/standalone/src/main/presets");
    private static final ConfigLayer FOLDER = ConfigLayer.assignment("DIR", "dataset.path", "photos");

    @Test
    void presetsOfTheDistributionAreReadWithoutNotices() {
        var reader = new ConfigReader(Fakes.registry(), PresetSource.folder(OURS));

        var uad = reader.read(List.of(reader.base(Optional.empty()), FOLDER));
        var baseline = reader.read(List.of(reader.base(Optional.of("deepcluster")), FOLDER));

        assertEquals("concat", uad.fusion().name());
        assertEquals("min-max", uad.uncertainty().name());
        assertEquals("high-only", baseline.fusion().name());
        assertEquals("uniform", baseline.uncertainty().name());
        assertEquals(uad.training(), baseline.training());
        assertEquals(List.of(), uad.notices());
    }

    @Test
    void namesAreListedInOrder(@TempDir Path folder) throws IOException {
        for (var file : List.of("uad.yaml", "deepcluster.yaml", "notes.txt")) {
            Files.writeString(folder.resolve(file), "seed: 1");
        }

        assertEquals(List.of("deepcluster", "uad"), PresetSource.folder(folder).names());
    }

    @Test
    void presetIsFoundByNameWithAndWithoutEnding(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("small.yaml"), "seed: 1");
        var presets = PresetSource.folder(folder);

        assertEquals("preset small", presets.open("small").origin());
        assertEquals("preset small", presets.open("small.yaml").origin());
    }

    @Test
    void fileIsReadAndKeepsItsPathInMessages(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("mine.yaml"), "seed: 1");

        assertEquals(
                file.toString(),
                PresetSource.folder(folder.resolve("none"))
                        .open(file.toString())
                        .origin());
    }

    @Test
    void unknownNameIsAnsweredWithThePresets(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("deepcluster.yaml"), "seed: 1");

        var error = assertThrows(
                UadException.class, () -> PresetSource.folder(folder).open("deep-cluster.yaml"));

        assertEquals(ErrorKind.CONFIG, error.kind());
        assertEquals(
                "there is no file and no preset 'deep-cluster.yaml'; expected a file or one of the presets deepcluster."
                        + " The nearest preset is deepcluster.",
                error.getMessage());
    }

    @Test
    void withoutPresetsTheStandardOneIsMissed(@TempDir Path folder) {
        var presets = PresetSource.folder(folder.resolve("none"));

        assertEquals(
                ErrorKind.CONFIG,
                assertThrows(UadException.class, presets::standard).kind());
    }
}
