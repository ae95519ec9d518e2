package io.uad.plugin.listener.jsonl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    @TempDir
    Path folder;

    /** A disk that takes half of what is written, once. */
    private static final class FullOnce extends RandomAccessFile {
        private boolean full;

        FullOnce(Path file) throws IOException {
            super(file.toFile(), "rw");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (full) {
                full = false;
                super.write(bytes, 0, bytes.length / 2);
                throw new IOException("No space left on device");
            }
            super.write(bytes);
        }
    }

    @Test
    void aLineThatFailsHalfWayIsTakenBackAndTheNextFollowsTheLastWholeOne() throws IOException {
        var file = folder.resolve("metrics.jsonl");
        try (var disk = new FullOnce(file);
                var lines = new JsonLines(file, disk)) {
            lines.append("a", Map.of());
            disk.full = true;
            var error = assertThrows(UadException.class, () -> lines.append("b", Map.of()));
            assertEquals(ErrorKind.RESOURCE, error.kind());
            assertTrue(error.toString().contains(file + ": cannot be written: No space left on device"));
            assertEquals("{\"event\":\"a\"}\n", Files.readString(file));
            lines.append("c", Map.of());
        }
        assertEquals("{\"event\":\"a\"}\n{\"event\":\"c\"}\n", Files.readString(file));
    }

    @Test
    void anInterruptedThreadGoesOnWriting() throws IOException {
        var file = folder.resolve("metrics.jsonl");
        try (var lines = new JsonLines(file)) {
            Thread.currentThread().interrupt();
            lines.append("a", Map.of());
            assertTrue(Thread.interrupted(), "the interruption is left to others");
            lines.append("b", Map.of());
        }
        assertEquals("{\"event\":\"a\"}\n{\"event\":\"b\"}\n", Files.readString(file));
    }
}
