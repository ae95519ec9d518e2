package io.uad.plugin.dataset.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {
    private static final double[] VALUES = {1, -2.5, 3e-3, 0, 4, 1e6};

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("m.npy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f4", ">f4", "=f4", "<f8", ">f8"})
    void rowsAreReadFromEveryTypeAndByteOrder(String type) throws IOException {
        var dataset = open(Npy.write(file, type, "(2, 3)", VALUES));
        assertEquals(2, dataset.size());
        assertEquals(OptionalInt.of(3), dataset.summary().vectorLength());
        assertArrayEquals(new float[] {1, -2.5f, 3e-3f}, row(dataset, 0));
        assertArrayEquals(new float[] {0, 4, 1e6f}, row(dataset, 1));
        assertEquals(new Sample("row-1", -1), dataset.sample(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyVersionOfTheFormatIsRead(int version) throws IOException {
        var header = Npy.header("'<f4'", "False", "(3, 2)");
        var dataset = open(Npy.write(file, version, header, Npy.bytes("<f4", VALUES)));
        assertArrayEquals(new float[] {4, 1e6f}, row(dataset, 2));
    }

    @Test
    void aHeaderMayBeWrittenInAnyOrderAndWithOtherQuotes() throws IOException {
        var header = "{\"shape\": (2L, 3L), \"fortran_order\": False, \"descr\": \"<f4\"}";
        assertArrayEquals(new float[] {0, 4, 1e6f}, row(open(Npy.write(file, 1, header, Npy.bytes("<f4", VALUES))), 1));
    }

    @Test
    void rowsWithoutFiniteNumbersCannotBeReadAndSayWhichColumn() throws IOException {
        var dataset = open(Npy.write(file, "<f8", "(3, 2)", 1, 2, 3, Double.NaN, 1e300, 4));
        assertArrayEquals(new float[] {1, 2}, row(dataset, 0));
        assertEquals(
                "the value in column 1 is NaN",
                assertThrows(IOException.class, () -> dataset.read(1)).getMessage());
        assertEquals(
                "the value in column 0 is Infinity",
                assertThrows(IOException.class, () -> dataset.read(2)).getMessage());
    }

    @Test
    void unitRowsHaveAMeanSquareOfOneAndZerosStay() throws IOException {
        Npy.write(file, "<f4", "(2, 2)", 3e-9, 4e-9, 0, 0);
        var dataset = Features.open(new FeaturesOptions(file.toString(), "auto", true));
        // 3 and 4 have the mean square 12.5
        var row = row(dataset, 0);
        assertEquals(3 / Math.sqrt(12.5), row[0], 1e-6);
        assertEquals(4 / Math.sqrt(12.5), row[1], 1e-6);
        assertArrayEquals(new float[] {0, 0}, row(dataset, 1));
    }

    @Test
    void aFileLargerThanAMappingIsReadToItsEnd() throws IOException {
        // 2.4 GB with holes: 300 rows of 1,000,000 doubles, 134 rows to a piece; only the last row has values.
        Npy.write(file, 1, Npy.header("'<f8'", "False", "(300, 1000000)"), new byte[0]);
        var start = Files.size(file);
        var last = ByteBuffer.allocate(8_000_000).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, 1_000_000).forEach(column -> last.putDouble(column));
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            last.flip();
            for (var at = start + 299L * 8_000_000; last.hasRemaining(); ) {
                at += channel.write(last, at);
            }
        }
        var dataset = open(file);
        assertEquals(999_999f, row(dataset, 299)[999_999]);
        assertEquals(0f, row(dataset, 134)[999_999]);
    }

    @Test
    void threadsReadAtTheSameTimeAndInterruptionsDoNoHarm() throws Exception {
        var values = IntStream.range(0, 4000).asDoubleStream().toArray();
        var dataset = open(Npy.write(file, "<f4", "(1000, 4)", values));
        var workers = Executors.newFixedThreadPool(4);
        var reads = IntStream.range(0, 1000)
                .mapToObj(row -> workers.submit(() -> row(dataset, row)[3]))
                .toList();
        for (var row = 0; row < 1000; row++) {
            assertEquals(4f * row + 3, reads.get(row).get());
        }
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        assertEquals(3f, row(dataset, 0)[3]);
        assertTrue(Thread.interrupted());
    }

    @Test
    void whatIsNoMatrixOfFloatsIsRefusedInWords() throws IOException {
        refused(folder.resolve("none.npy"), "dataset.path: there is no file", "Correct the path");
        refused(folder, "is a folder", "image-folder");
        refused(Files.write(file, new byte[0]), "is no NumPy file", "numpy.save");
        refused(Files.writeString(file, "PK and more of an archive"), "is no NumPy file", ".npz");
        refused(Npy.write(file, "<f4", "(6,)", VALUES), "an array of shape (6)", "reshape");
        refused(Npy.write(file, "<f4", "(1, 2, 3)", VALUES), "an array of shape (1, 2, 3)", "matrix of shape");
        refused(Npy.write(file, "<f4", "()", 1), "an array of shape ()");
        refused(Npy.write(file, "<i4", "(2, 3)", VALUES), "values of type <i4", "float32 or float64", "astype");
        refused(Npy.write(file, "|O8", "(2, 3)", VALUES), "values of type |O8", "float32 or float64");
        refused(Npy.write(file, "<f4", "(0, 3)"), "is empty, its shape is (0, 3)");
        refused(Npy.write(file, "<f4", "(3, 0)"), "is empty, its shape is (3, 0)");
        refused(Npy.write(file, "<f4", "(3, 3)", VALUES), "24 bytes", "promises 36", "cut short");
        refused(Npy.write(file, "<f4", "(1, 3)", VALUES), "24 bytes", "promises 12", "file of its own");
        refused(Npy.write(file, "<f4", "(3000000000, 3)", VALUES), "too large", "2147483647 rows");
        refused(Npy.write(file, "<f4", "(99999999999999999999, 3)", VALUES), "damaged header");
        var values = Npy.bytes("<f4", VALUES);
        refused(Npy.write(file, 1, Npy.header("'<f4'", "True", "(2, 3)"), values), "Fortran", "ascontiguousarray");
        refused(Npy.write(file, 1, Npy.header("[('a', '<f4')]", "False", "(2, 3)"), values), "values of type ?");
        refused(Npy.write(file, 1, "{'descr': '<f4'}", values), "damaged header");
        refused(Npy.write(file, 4, Npy.header("'<f4'", "False", "(2, 3)"), values), "version 4");
        var whole = Files.readAllBytes(Npy.write(file, "<f4", "(2, 3)", VALUES));
        refused(Files.write(file, Arrays.copyOf(whole, 40)), "ends within its header");
    }

    @Test
    void labelsLieBesideTheMatrixOrAreNamed() {
        Npy.write(file, "<f4", "(3, 2)", VALUES);
        assertEquals("[]", classes("auto"));
        Npy.write(folder.resolve("m.labels.npy"), "<i8", "(3,)", 10, -1, 9);
        assertEquals("[9, 10]", classes("auto"));
        var dataset = Features.open(new FeaturesOptions(file.toString(), "auto", false));
        assertEquals(1, dataset.sample(0).label());
        assertEquals(-1, dataset.sample(1).label());
        assertEquals(0, dataset.sample(2).label());
        assertEquals("[]", classes("none"));
        var other = Npy.write(folder.resolve("other.npy"), "|u1", "(3, 1)", 200, 7, 7);
        assertEquals("[7, 200]", classes(other.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"|i1", "|u1", "|b1", "<i2", ">u2", "<i4", ">i4", "<u4", "<i8", ">u8"})
    void labelsMayBeIntegersOfAnyKind(String type) {
        Npy.write(file, "<f4", "(3, 2)", VALUES);
        Npy.write(folder.resolve("m.labels.npy"), type, "(3,)", 1, 0, 1);
        assertEquals("[0, 1]", classes("auto"));
    }

    @Test
    void labelsMayBeLinesOfTextWithAHeadingOrWithout() throws IOException {
        Npy.write(file, "<f4", "(3, 2)", VALUES);
        Files.writeString(folder.resolve("m.labels.txt"), "dog\ncat\ndog\n");
        assertEquals("[cat, dog]", classes("auto"));
        Files.writeString(folder.resolve("m.labels.csv"), "label\n10\n\n9\n");
        assertEquals("[9, 10]", classes("auto"));
    }

    @Test
    void aBlankLastLineShiftsNoLabelAndALabelTooManyIsNoHeading() throws IOException {
        Npy.write(file, "<f4", "(3, 2)", VALUES);
        var labels = folder.resolve("l.txt");
        Files.writeString(labels, "cat\ndog\neel\n\n");
        assertEquals("[cat, dog, eel]", classes(labels.toString()));
        Files.writeString(labels, "cat\ndog\ncat\ndog\n");
        labelsRefused(labels, "has 4 labels", "3, one per row");
        Files.writeString(labels, "1\n2\n3\n4\n");
        labelsRefused(labels, "has 4 labels", "3, one per row");
    }

    @Test
    void labelsOfAnotherMatrixAreRefused() throws IOException {
        Npy.write(file, "<f4", "(3, 2)", VALUES);
        var labels = folder.resolve("l.txt");
        labelsRefused(labels, "dataset.labels: there is no file", "Correct the path");
        Files.writeString(labels, "a\nb\n");
        labelsRefused(labels, "has 2 labels", "3, one per row");
        Files.writeString(labels, "a,1\nb,2\nc,3\n");
        labelsRefused(labels, "several columns in line 1");
        Files.write(labels, "ä\nb\nc\n".getBytes(StandardCharsets.ISO_8859_1));
        labelsRefused(labels, "cannot be read", "UTF-8");
        labels = folder.resolve("l.npy");
        labelsRefused(Npy.write(labels, "<f4", "(3,)", 1, 2, 3), "values of type <f4", "whole numbers");
        labelsRefused(Npy.write(labels, "<i4", "(3, 2)", VALUES), "has 2 columns");
    }

    @Test
    void theFingerprintIsThatOfContentNotOfPlace() throws IOException {
        var values = IntStream.range(0, 6000).asDoubleStream().toArray();
        var first = fingerprint(Npy.write(file, "<f4", "(3, 2000)", values));
        assertEquals(first, fingerprint(Files.copy(file, folder.resolve("copy.npy"))));
        values[3000] += 1;
        var second = fingerprint(Npy.write(file, "<f4", "(3, 2000)", values));
        assertNotEquals(first, second);
        assertNotEquals(second, fingerprint(Npy.write(file, "<f4", "(2, 3000)", values)));
        var same = fingerprint(Npy.write(file, "<f4", "(3, 2000)", values));
        assertEquals(second, same);
        Files.writeString(folder.resolve("m.labels.txt"), "a\nb\na\n");
        assertNotEquals(second, fingerprint(file));
    }

    @Test
    void theProviderIsFoundByItsName() {
        var provider = ServiceLoader.load(DatasetProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("features"))
                .findFirst()
                .orElseThrow();
        Npy.write(file, "<f4", "(2, 3)", VALUES);
        var made = provider.create(Options.of(new FeaturesOptions(file.toString(), "auto", false)));
        assertEquals(2, made.size());
    }

    private static Dataset open(Path file) {
        return Features.open(new FeaturesOptions(file.toString(), "auto", false));
    }

    private static float[] row(Dataset dataset, int index) throws IOException {
        return assertInstanceOf(Content.Vector.class, dataset.read(index)).values();
    }

    private static String fingerprint(Path file) {
        return open(file).summary().fingerprint();
    }

    private String classes(String labels) {
        return Features.open(new FeaturesOptions(file.toString(), labels, false))
                .summary()
                .classes()
                .toString();
    }

    private static void refused(Path file, String... parts) {
        assertSays(assertThrows(UadException.class, () -> open(file)), parts);
    }

    private void labelsRefused(Path labels, String... parts) {
        assertSays(assertThrows(UadException.class, () -> classes(labels.toString())), parts);
    }

    private static void assertSays(UadException error, String... parts) {
        assertEquals(ErrorKind.DATA, error.kind());
        for (var part : parts) {
            assertTrue(error.toString().contains(part), () -> "'" + part + "' is not in: " + error);
        }
    }
}
