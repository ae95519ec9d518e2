package io.uad.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void oldContent() throws IOException {
        file = folder.resolve("file");
        Files.writeString(file, "old");
    }

    @Test
    void newContentReplacesTheOld() throws IOException {
        AtomicFile.write(file, new byte[] {'n', 'e', 'w'});
        assertOnlyFileHolds("new");
    }

    @Test
    void aBeginningThatIsKnownLastStandsFirst() throws IOException {
        var count = new int[1];
        AtomicFile.write(
                file,
                2,
                out -> {
                    out.write(new byte[] {'r', 'e', 's', 't'});
                    count[0] = 4;
                },
                () -> new byte[] {(byte) ('0' + count[0]), ' '});
        assertOnlyFileHolds("4 rest");
    }

    @Test
    void fullDiskLeavesTheOldContentAndSaysHowMuchIsNeeded() throws IOException {
        var error = assertThrows(
                UadException.class,
                () -> AtomicFile.write(file, 123_456, out -> {
                    out.write(new byte[1000]);
                    throw new IOException("No space left on device");
                }));

        assertEquals(ErrorKind.RESOURCE, error.kind());
        for (var part : List.of(file.toString(), "No space left on device", "123456 bytes needed", " free")) {
            assertTrue(error.toString().contains(part), error.getMessage());
        }
        assertOnlyFileHolds("old");
    }

    @Test
    void cancelledWriteLeavesTheOldContent() throws IOException {
        assertThrows(
                CancellationException.class,
                () -> AtomicFile.write(file, 0, out -> {
                    out.write(1);
                    throw new CancellationException();
                }));
        assertOnlyFileHolds("old");
    }

    @Test
    void folderThatIsMissingOrAFileIsNamed() {
        for (var target : List.of(folder.resolve("none/file"), file.resolve("inner"))) {
            var error = assertThrows(UadException.class, () -> AtomicFile.write(target, new byte[1]));
            assertEquals(ErrorKind.RESOURCE, error.kind());
            assertTrue(error.toString().contains(target.toString()), error.getMessage());
        }
        var error = assertThrows(UadException.class, () -> AtomicFile.write(folder.resolve("none/file"), new byte[1]));
        assertTrue(error.toString().contains("there is no folder " + folder.resolve("none")), error.getMessage());
    }

    @Test
    void whatAKilledProcessLeftIsReplaced() throws IOException {
        Files.writeString(AtomicFile.temporary(file), "half of something long");
        AtomicFile.write(file, new byte[] {'n', 'e', 'w'});
        assertOnlyFileHolds("new");
    }

    @Test
    void interruptedThreadStillWrites() throws IOException {
        Thread.currentThread().interrupt();
        AtomicFile.write(file, new byte[] {'n', 'e', 'w'});
        assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
        assertOnlyFileHolds("new");
    }

    private void assertOnlyFileHolds(String content) throws IOException {
        assertEquals(content, Files.readString(file));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }
}
