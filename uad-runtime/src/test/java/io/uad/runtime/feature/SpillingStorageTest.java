package io.uad.runtime.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SpillingStorageTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void blocksGoToTheDiskWhenTheHeapsPartIsUsedUp() {
        var storage = new SpillingStorage(folder, 4 * 100);
        assertTrue(storage.allocate(60).hasArray());
        var spilled = storage.allocate(41);
        assertFalse(spilled.hasArray());
        spilled.put(40, 7);
        assertEquals(7, spilled.get(40));
        assertTrue(storage.allocate(40).hasArray(), "what is left is still used");
    }

    /** Blocks are of 2^24 floats, 64 MiB. */
    @Test
    void whatSpillsIsKnownBefore() {
        var rows = new int[] {1 << 24, 1 << 25};
        var columns = new int[] {1, 1};
        assertArrayEquals(
                new long[] {0, 64L * MIB},
                SpillingStorage.spilled(128L * MIB, rows, columns),
                "the second block of two");
        assertArrayEquals(new long[] {64L * MIB, 128L * MIB}, SpillingStorage.spilled(MIB, rows, columns));
        assertArrayEquals(new long[] {0, 0}, SpillingStorage.spilled(192L * MIB, rows, columns));
    }

    @Test
    void aFolderThatIsGoneIsAnErrorOfResources() {
        var gone = folder.resolve("gone");
        var error = assertThrows(UadException.class, () -> new SpillingStorage(gone, 0).allocate(1));
        assertEquals(ErrorKind.RESOURCE, error.kind());
        assertTrue(String.valueOf(error.getMessage()).contains("uad plan"), error.getMessage());
    }

    /** A limit on the size of files is the portable way to a disk that fills. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDiskThatFillsLeavesNoScratchFile() throws IOException, InterruptedException {
        var scratch = Files.createDirectory(folder.resolve("scratch"));
        var said = folder.resolve("said.txt");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 2000 && exec \"$@\"", // blocks of 512 bytes: 1,000 KiB, or of 1,024
                        "sh",
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Fills.class.getName(),
                        scratch.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(said));
        var lines = read(said);
        assertTrue(lines.contains("RESOURCE"), lines);
        assertTrue(lines.contains("3 MiB of free disk"), lines);
        assertTrue(lines.contains("left: []"), lines);
        try (var files = Files.list(scratch)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Prints the error of a matrix that does not fit, and what then lies in the folder. */
    static final class Fills {
        private Fills() {}

        public static void main(String[] arguments) throws IOException {
            var scratch = Path.of(arguments[0]);
            try {
                FeatureMatrix.allocate(3 * MIB / 4, 1, new SpillingStorage(scratch, 0));
            } catch (UadException e) {
                System.out.println(e.kind() + " " + e.getMessage());
            }
            try (var files = Files.list(scratch)) {
                System.out.println("left: " + files.toList());
            }
        }
    }
}
