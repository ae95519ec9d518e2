package io.uad.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFileTest {
    private static final ClusterRows ROWS = new ClusterRows(
            List.of(
                    "n01/a.jpg",
                    "a, b/c.jpg",
                    "it's \"quoted\".jpg",
                    "\"",
                    "line\nfeed\r.jpg",
                    "häßlich/日本.png",
                    " x ",
                    ""),
            new int[] {0, 9999, -1, 3, 4, 5, 6, 7},
            new float[] {0, 0.1f, 1e-9f, Float.MAX_VALUE, Float.MIN_VALUE, 3, 0.33333334f, 4},
            new float[] {1, 1.5f, 0, 0.5f, 0.75f, 100, 16777216, 2});

    @TempDir
    Path folder;

    @Test
    void rowsComeBack() {
        ClusterFile.write(file(), ROWS);

        assertRows(ROWS, ClusterFile.read(file()));
    }

    @Test
    void textIsWhatTheArchitectureSays() throws IOException {
        ClusterFile.write(
                file(),
                new ClusterRows(
                        List.of("a/b.jpg", "it's, \"it\""), new int[] {3, -1}, new float[] {0.1f, 0}, new float[] {
                            1.5f, 0
                        }));

        try (var zip = new GZIPInputStream(Files.newInputStream(file()))) {
            assertEquals(
                    "path,cluster,distance,weight\na/b.jpg,3,0.1,1.5\n\"it's, \"\"it\"\"\",-1,0,0\n",
                    new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void bytesRepeatAndHoldNoTime() throws IOException {
        ClusterFile.write(file(), ROWS);
        var first = Files.readAllBytes(file());
        ClusterFile.write(file(), ROWS);

        assertArrayEquals(first, Files.readAllBytes(file()));
        assertArrayEquals(new byte[4], Arrays.copyOfRange(first, 4, 8), "the time in the gzip header");
    }

    @Test
    void manyRowsComeBack() {
        var n = 5000;
        var rows = new ClusterRows(
                IntStream.range(0, n).mapToObj(i -> "image " + i).toList(),
                IntStream.range(0, n).toArray(),
                new float[n],
                new float[n]);
        ClusterFile.write(file(), rows);

        assertRows(rows, ClusterFile.read(file()));
    }

    @Test
    void damageIsNamedWithItsRow() throws IOException {
        Files.createDirectories(file().getParent());
        var header = "path,cluster,distance,weight\n";
        for (var text : List.of(
                "",
                "path,cluster\n",
                header + "a,0,0,0\nb,0,0\n",
                header + "a,0,0,0\nb,0,0,0,0\n",
                header + "a,0,0,0\nb,zero,0,0\n",
                header + "a,0,0,0\nb,0,none,0\n",
                header + "a,0,0,0\n\"b,0,0,0\n",
                header + "a,0,0,0\n\"b\"c,0,0,0\n")) {
            try (var zip = new GZIPOutputStream(Files.newOutputStream(file()))) {
                zip.write(text.getBytes(StandardCharsets.UTF_8));
            }
            var error = refused();
            assertTrue(!text.startsWith(header) || error.contains("row "), error);
        }
        ClusterFile.write(file(), ROWS);
        var bytes = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(bytes, bytes.length - 3));
        refused();
        Files.writeString(file(), "no gzip");
        refused();
        Files.delete(file());
        refused();
    }

    @Test
    void valueThatIsNotFiniteLeavesNoFile() {
        var rows = new ClusterRows(List.of("a"), new int[1], new float[] {Float.NaN}, new float[1]);
        assertThrows(IllegalArgumentException.class, () -> ClusterFile.write(file(), rows));
        assertFalse(Files.exists(file()));
    }

    @Test
    void differentLengthsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ClusterRows(List.of("a"), new int[1], new float[2], new float[1]));
    }

    @Test
    void shortestFloatReadsBackAndHasNoDigitTooMany() {
        // 2^-44 and 2.0E-3 are known to get a digit too many from Java 17's own conversion, or not the nearest one.
        assertEquals("0.002", ShortestFloat.of(2e-3f));
        assertEquals("0.1", ShortestFloat.of(0.1f));
        assertEquals("1E-45", ShortestFloat.of(Float.MIN_VALUE));
        assertEquals("3.4028235E+38", ShortestFloat.of(Float.MAX_VALUE));
        assertEquals("16777216", ShortestFloat.of(16777216));
        assertEquals("-100", ShortestFloat.of(-100));
        assertEquals("0", ShortestFloat.of(-0f));
        assertEquals("2E+10", ShortestFloat.of(2e10f));
        for (var bits = 1; bits < 0x7F800000; bits += 65_521 * 16) {
            var value = Float.intBitsToFloat(bits);
            assertEquals(value, Float.parseFloat(ShortestFloat.of(value)));
        }
        for (var exponent = -149; exponent < 128; exponent++) {
            var value = Math.scalb(1f, exponent);
            assertEquals(value, Float.parseFloat(ShortestFloat.of(value)));
        }
    }

    private String refused() {
        var error = assertThrows(UadException.class, () -> ClusterFile.read(file()));
        assertEquals(ErrorKind.DATA, error.kind());
        assertTrue(error.toString().contains(file().toString()), error.toString());
        return error.toString();
    }

    private static void assertRows(ClusterRows expected, ClusterRows actual) {
        assertEquals(expected.paths(), actual.paths());
        assertArrayEquals(expected.labels(), actual.labels());
        assertArrayEquals(expected.squaredDistances(), actual.squaredDistances());
        assertArrayEquals(expected.weights(), actual.weights());
    }

    private Path file() {
        return folder.resolve("clusters/epoch-0000.csv.gz");
    }
}
