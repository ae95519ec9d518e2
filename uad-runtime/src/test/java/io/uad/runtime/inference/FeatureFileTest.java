package io.uad.runtime.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFileTest {
    private static final List<String> PATHS = List.of("a/1.jpg", "a/2, the second.jpg", "b/ü.png");
    private static final float[][] ROWS = {{1.5f, -2, 0}, {}, {Float.MIN_VALUE, 1e-3f, 123456.79f}};

    @TempDir
    Path folder;

    /** The second image cannot be read. */
    private static void two(FeatureFile.Row row) throws IOException {
        row.accept(0, ROWS[0]);
        row.accept(2, ROWS[2]);
    }

    @Test
    void npyHasTheHeaderOfVersionOneWithTheFinalNumberOfRows() throws IOException {
        var file = new FeatureFile(folder.resolve("f.npy"));
        assertEquals(2, file.write(new Named(), 3, FeatureFileTest::two));
        var bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("f.npy"))).order(ByteOrder.LITTLE_ENDIAN);
        var magic = new byte[8];
        bytes.get(magic);
        assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, magic);
        var header = new byte[Short.toUnsignedInt(bytes.getShort())];
        assertEquals(0, (10 + header.length) % 64, "values must be aligned");
        bytes.get(header);
        var text = new String(header, StandardCharsets.US_ASCII);
        assertTrue(text.endsWith(" \n"), text);
        assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", text.strip());
        for (var row : new int[] {0, 2}) {
            for (var value : ROWS[row]) {
                assertEquals(value, bytes.getFloat());
            }
        }
        assertEquals(0, bytes.remaining());
        assertEquals(List.of(PATHS.get(0), PATHS.get(2)), Files.readAllLines(folder.resolve("f.paths.txt")));
    }

    @Test
    void theHeaderOfTheLargestMatrixHasTheSameLength() {
        var header = NpyFormat.header(Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertEquals(NpyFormat.HEADER_BYTES, header.length);
        assertEquals('\n', header[header.length - 1]);
    }

    @Test
    void csvReadsBackToTheSameNumbers() throws IOException {
        var file = new FeatureFile(folder.resolve("f.csv"));
        file.write(new Named(), 3, row -> row.accept(1, ROWS[2]));
        var lines = Files.readAllLines(file.path());
        assertEquals("path,f0,f1,f2", lines.get(0));
        var line = lines.get(1);
        assertTrue(line.startsWith("\"a/2, the second.jpg\","), line);
        var numbers = line.substring(line.lastIndexOf('"') + 2).split(",", -1);
        for (var i = 0; i < numbers.length; i++) {
            assertEquals(ROWS[2][i], Float.parseFloat(numbers[i]));
        }
    }

    @Test
    void zippedCsvHoldsTheSameText() throws IOException {
        new FeatureFile(folder.resolve("f.csv")).write(new Named(), 3, FeatureFileTest::two);
        new FeatureFile(folder.resolve("f.csv.gz")).write(new Named(), 3, FeatureFileTest::two);
        try (var zip = new GZIPInputStream(Files.newInputStream(folder.resolve("f.csv.gz")))) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("f.csv")), zip.readAllBytes());
        }
    }

    @Test
    void whatFailsInTheMiddleLeavesNothing() throws IOException {
        var file = new FeatureFile(folder.resolve("f.npy"));
        assertThrows(
                UadException.class,
                () -> file.write(new Named(), 3, row -> {
                    two(row);
                    throw new IOException("the disk is full");
                }));
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void filesThatExistAndUnknownEndingsAreRefused() throws IOException {
        Files.createFile(folder.resolve("f.paths.txt"));
        var npy = new FeatureFile(folder.resolve("f.npy"));
        assertEquals(ErrorKind.CONFIG, refused(npy, false).kind());
        npy.check(true);
        assertEquals(ErrorKind.CONFIG, refused(new FeatureFile(folder), true).kind());
        assertEquals(
                ErrorKind.CONFIG,
                refused(new FeatureFile(folder.resolve("f.parquet")), false).kind());
    }

    private static UadException refused(FeatureFile file, boolean overwrite) {
        return assertThrows(UadException.class, () -> file.check(overwrite));
    }

    /** Has names and no images. */
    private static final class Named implements Dataset {
        @Override
        public DatasetSummary summary() {
            return new DatasetSummary("nowhere", List.of(), 0, "");
        }

        @Override
        public int size() {
            return PATHS.size();
        }

        @Override
        public Sample sample(int index) {
            return new Sample(PATHS.get(index), -1);
        }

        @Override
        public Content read(int index) throws IOException {
            throw new IOException("no image");
        }
    }
}
