package io.uad.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigLayerTest {
    static Stream<List<String>> badDocuments() {
        return Stream.of(
                List.of(
                        "seed: 1\nimage:\n\tsize: 3",
                        "my.yaml, line 3, column 1: found a tab in the indentation; expected spaces"),
                List.of("seed: [1, 2", "my.yaml, line 1", "is not YAML"),
                List.of("seed: 'open", "my.yaml, line 1", "is not YAML"),
                List.of("seed: 1\n output: x", "my.yaml, line 2", "is not YAML"),
                List.of("seed: \u0007", "my.yaml", "is not YAML"),
                List.of("- a\n- b", "my.yaml, line 1: found a list; expected keys with values"),
                List.of("\nhello", "my.yaml, line 2: found 'hello'; expected keys with values"),
                List.of(
                        "seed: 1\n\nseed: 2",
                        "my.yaml, line 3: found the key 'seed' a second time",
                        "that of my.yaml, line 1"),
                List.of("seed: 1\n---\nseed: 2", "is not YAML: but found another document"),
                List.of("seed: !secret 1", "my.yaml, line 1: found the tag !secret"),
                List.of("? [a]\n: 1", "my.yaml, line 1: found a list or block as a key"),
                List.of("image: &a {size: 3}\ntraining: *a", "is not YAML"),
                List.of("image: &a {size: *a}", "is not YAML"));
    }

    @ParameterizedTest
    @MethodSource("badDocuments")
    void badDocumentIsRefusedAtItsPlace(List<String> bad) {
        var error = assertThrows(UadException.class, () -> ConfigLayer.text("my.yaml", bad.get(0)));

        assertEquals(ErrorKind.CONFIG, error.kind());
        for (var piece : bad.subList(1, bad.size())) {
            Messages.assertContains(piece, error);
        }
    }

    @Test
    void emptyDocumentChangesNothing() {
        assertEquals(
                0,
                ConfigLayer.text("my.yaml", "# nothing yet\n").root().entries().size());
        assertEquals(0, ConfigLayer.text("my.yaml", "").root().entries().size());
    }

    @Test
    void byteOrderMarkIsSkipped() {
        assertEquals(
                List.of("seed"),
                List.copyOf(ConfigLayer.text("my.yaml", "\uFEFFseed: 3")
                        .root()
                        .entries()
                        .keySet()));
    }

    @Test
    void missingFileIsNamed(@TempDir Path folder) {
        var file = folder.resolve("no.yaml");

        var error = assertThrows(UadException.class, () -> ConfigLayer.file(file));

        assertEquals(ErrorKind.CONFIG, error.kind());
        Messages.assertContains(file + ": there is no such file", error);
    }

    @Test
    void fileInAnotherEncodingIsRefused(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});

        var error = assertThrows(UadException.class, () -> ConfigLayer.file(file));

        Messages.assertContains("is not text in UTF-8", error);
    }

    @Test
    void folderInPlaceOfAFileIsRefused(@TempDir Path folder) {
        var error = assertThrows(UadException.class, () -> ConfigLayer.file(folder));

        Messages.assertContains("cannot be read", error);
    }

    @Test
    void assignmentsTakeYamlAndTheLastWins() {
        var config = read(ConfigLayer.assignments(
                "--set",
                List.of(
                        "seed=3",
                        "fusion.low.channels=8",
                        "fusion.low.channels=9",
                        "listener=[console]",
                        "output=a=b")));

        assertEquals(3, config.seed());
        assertEquals(Path.of("a=b"), config.output());
        assertEquals(9, config.fusion().options().as(Fakes.Concat.class).low().channels());
        assertEquals(1, config.listeners().size());
    }

    @Test
    void malformedAssignmentIsRefused() {
        for (var bad : List.of("k", "clustering..k=3", "=3", ".k=3")) {
            var error = assertThrows(UadException.class, () -> ConfigLayer.assignments("--set", List.of(bad)), bad);

            assertEquals(ErrorKind.CONFIG, error.kind());
            Messages.assertContains("--set: found ", error);
        }
    }

    @Test
    void assignmentWithoutAValueIsRefusedWhereItIsUsed() {
        var layer = ConfigLayer.assignments("--set", List.of("seed="));

        var error = assertThrows(UadException.class, () -> read(layer));

        Messages.assertContains("--set: seed: found no value", error);
    }

    @Test
    void valueOfAFlagHasNoSpecialCharacters() {
        var config = read(ConfigLayer.assignment("--exp", "output", "[a]: {b # null"));

        assertEquals(Path.of("[a]: {b # null"), config.output());
    }

    @Test
    void flagIsNamedInErrors() {
        var layer = ConfigLayer.assignment("--lr", "training.learning-rate", "fast");

        var error = assertThrows(UadException.class, () -> read(layer));

        Messages.assertContains("--lr: training.learning-rate: found 'fast'; expected a number above 0", error);
    }

    private static RunConfig read(ConfigLayer layer) {
        return new ConfigReader(Fakes.registry(), PresetSource.installed())
                .read(List.of(ConfigLayer.assignment("DIR", "dataset.path", "photos"), layer));
    }
}
