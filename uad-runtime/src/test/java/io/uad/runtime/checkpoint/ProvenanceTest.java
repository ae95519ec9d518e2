package io.uad.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.CheckpointManifest.Dataset;
import io.uad.runtime.image.BadImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
    @TempDir
    Path folder;

    @Test
    void fileComesBack() {
        assertEquals(java.util.Optional.empty(), Provenance.read(file()));
        var written = provenance(0);
        written.write(file());
        assertEquals(written, Provenance.read(file()).orElseThrow());
        assertTrue(Provenance.isOne(file()));
    }

    @Test
    void sessionsAddUpAndEnd() {
        provenance(0).ended("interrupted").write(file());
        var resumed = provenance(7).after(Provenance.read(file()).orElseThrow());
        resumed.write(file());

        var sessions = Provenance.read(file()).orElseThrow().ended("finished").sessions();
        assertEquals(2, sessions.size());
        assertEquals("interrupted", sessions.get(0).outcome());
        assertEquals("finished", sessions.get(1).outcome());
        assertEquals(7, sessions.get(1).firstIteration());
        assertFalse(Instant.parse(sessions.get(1).ended())
                .isBefore(Instant.parse(sessions.get(1).started())));
    }

    @Test
    void newlyFoundBadImagesAreAdded() {
        var bad = new Dataset("f", 3, List.of(new BadImage(1, "a.jpg", "truncated")));
        assertEquals(bad, provenance(0).withDataset(bad).dataset());
    }

    @Test
    void machineIsDescribed() {
        var machine = Machine.here();
        assertTrue(machine.cores() >= 1);
        assertTrue(machine.memoryBytes() > 0);
        assertTrue(machine.java().contains(System.getProperty("java.version")));
    }

    @Test
    void somethingElseIsRefused() throws IOException {
        for (var text : List.of("{}", "null", "[", "{\"scripts\": {}}")) {
            Files.writeString(file(), text);
            assertFalse(Provenance.isOne(file()));
            assertEquals(
                    ErrorKind.DATA,
                    assertThrows(UadException.class, () -> Provenance.read(file()))
                            .kind());
        }
    }

    private static Provenance provenance(long firstIteration) {
        return new Provenance(
                "0.1.0",
                List.of(new Provenance.Plugin("engine-djl", "0.1.0", "plugins/engine-djl.jar", "ab12")),
                Map.of("run", 31L),
                new Dataset("f", 3, List.of()),
                List.of(Provenance.Session.begin(firstIteration)));
    }

    private Path file() {
        return folder.resolve("run.json");
    }
}
