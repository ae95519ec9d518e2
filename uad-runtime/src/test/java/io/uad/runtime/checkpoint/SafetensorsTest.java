package io.uad.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void everyTypeShapeAndNameComesBack() {
        var tensors = tensors();
        Safetensors.write(file(), tensors, Map.of("b", "2", "a", "ä \"quoted\""));

        assertEquals(tensors, Safetensors.read(file()));
        assertEquals(
                List.copyOf(tensors.names()),
                List.copyOf(Safetensors.read(file()).names()));
        assertEquals(
                Map.of("b", "2", "a", "ä \"quoted\""),
                Safetensors.readHeader(file()).metadata());
    }

    @Test
    void bytesAreThoseOfTheSpecification() throws IOException {
        var ordered = new LinkedHashMap<String, Tensor>();
        ordered.put("x", Tensor.of(new float[] {1, -2}, 2));
        ordered.put("n", Tensor.of(new long[] {258}));
        Safetensors.write(file(), new NamedTensors(ordered), Map.of("k", "v"));

        // The 8-byte value lies first, so that it is aligned; the header keeps the given order.
        var json = "{\"__metadata__\":{\"k\":\"v\"},"
                + "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]},"
                + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}";
        var padded = json + " ".repeat(-json.length() & 7);
        var expected = ByteBuffer.allocate(8 + padded.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(padded.length()).put(padded.getBytes(StandardCharsets.UTF_8));
        expected.putLong(258).putFloat(1).putFloat(-2);
        assertArrayEquals(expected.array(), Files.readAllBytes(file()));
    }

    @Test
    void tensorsLongerThanTheBuffersComeBack() {
        var values = new float[700_001];
        var numbers = new long[300_001];
        for (var i = 0; i < values.length; i++) {
            values[i] = i * 0.5f;
        }
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = (long) i << 33;
        }
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("values", Tensor.of(values, values.length));
        tensors.put("numbers", Tensor.of(numbers, numbers.length));
        Safetensors.write(file(), new NamedTensors(tensors), Map.of());

        assertEquals(new NamedTensors(tensors), Safetensors.read(file()));
    }

    @Test
    void onlyWantedTensorsAreRead() {
        Safetensors.write(file(), tensors(), Map.of());

        assertEquals(
                List.of("ids"),
                List.copyOf(Safetensors.read(file(), "ids"::equals).names()));
    }

    @Test
    void checksumIsThatOfTheFile() throws IOException {
        var sha256 = Safetensors.write(file(), tensors(), Map.of());

        var digest = Sha256.digest();
        digest.update(Files.readAllBytes(file()));
        assertEquals(Sha256.hex(digest), sha256);
    }

    @Test
    void halfBrainAndDoubleAreReadAsFloat() throws IOException {
        var data = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(0.1).putDouble(-1e300);
        // Half: 1, -2, 65504 (the largest), 2^-24 (the smallest), infinity, -0; brain: 1, -3.140625.
        for (var bits : new int[] {0x3C00, 0xC000, 0x7BFF, 0x0001, 0x7C00, 0x8000, 0x3F80, 0xC049}) {
            data.putShort((short) bits);
        }
        data.putInt(7);
        raw(
                "{\"d\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
                        + "\"h\":{\"dtype\":\"F16\",\"shape\":[6],\"data_offsets\":[16,28]},"
                        + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[28,32]},"
                        + "\"i\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[32,36]}}",
                data.array());

        var read = Safetensors.read(file());
        assertArrayEquals(
                new float[] {0.1f, Float.NEGATIVE_INFINITY}, read.get("d").floats());
        assertArrayEquals(
                new float[] {1, -2, 65504, 0x1p-24f, Float.POSITIVE_INFINITY, -0f},
                read.get("h").floats());
        assertArrayEquals(new float[] {1, -3.140625f}, read.get("b").floats());
        assertArrayEquals(new int[] {7}, read.get("i").ints());
        assertTrue(Float.isNaN(Dtype.half((short) 0x7E00)));
    }

    @TestFactory
    Stream<DynamicTest> damagedFilesAreRefusedByName() {
        var whole = entry("a", "F32", "[2]", 0, 8);
        return Stream.of(
                        "",
                        "{",
                        "[]",
                        whole + " x",
                        "{}",
                        "{\"a\":1}",
                        whole.replace("F32", "F31"),
                        whole.replace("[2]", "[3]"),
                        whole.replace("[2]", "[-2]"),
                        whole.replace("[2]", "[2.0]"),
                        whole.replace("[2]", "\"2\""),
                        whole.replace("[2]", "[4294967298]"),
                        whole.replace("[2]", "[2147483647, 2147483647, 2147483647]"),
                        whole.replace("[0,8]", "[8,0]"),
                        whole.replace("[0,8]", "[-8,0]"),
                        whole.replace("[0,8]", "[0]"),
                        entry("a", "F32", "[4]", 0, 16),
                        entry("a", "F32", "[1]", 0, 4),
                        entry("a", "F32", "[1]", 4, 8),
                        "{\"__metadata__\":{\"k\":1}," + whole.substring(1),
                        two(entry("a", "F32", "[1]", 0, 4), entry("b", "F32", "[2]", 0, 8)),
                        two(entry("a", "F32", "[2]", 0, 8), entry("b", "F32", "[1]", 4, 8)),
                        two(entry("a", "F32", "[1]", 0, 4), entry("a", "F32", "[1]", 4, 8)))
                .map(header -> dynamicTest("header " + header, () -> {
                    raw(header, new byte[8]);
                    assertRefused();
                }));
    }

    @Test
    void sharedRangeIsRefused() throws IOException {
        raw(two(entry("a", "F32", "[1]", 0, 4), entry("b", "F32", "[1]", 4, 8)), new byte[8]);
        assertEquals(2, Safetensors.read(file()).names().size());
        raw(two(entry("a", "F32", "[2]", 0, 8), entry("b", "F32", "[2]", 0, 8)), new byte[8]);
        assertRefused();
    }

    @Test
    void headerSaidToBeHugeIsRefusedWithoutAllocatingIt() throws IOException {
        for (var length : new long[] {10_000_000_000L, Long.MIN_VALUE, -1, 99_999_999, 0, 1}) {
            var bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            Files.write(file(), bytes.array());
            assertRefused();
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        Safetensors.write(file(), tensors(), Map.of());
        var whole = Files.readAllBytes(file());
        for (var length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertRefused();
        }
    }

    @Test
    void missingFileIsRefused() {
        assertRefused();
    }

    @Test
    void reservedNameIsRefused() {
        var tensors = new NamedTensors(Map.of("__metadata__", Tensor.of(new float[1], 1)));
        assertThrows(IllegalArgumentException.class, () -> Safetensors.write(file(), tensors, Map.of()));
    }

    private void assertRefused() {
        var error = assertThrows(UadException.class, () -> Safetensors.read(file()));
        assertEquals(ErrorKind.DATA, error.kind());
        assertTrue(error.toString().contains(file().toString()), error.getMessage());
    }

    private void raw(String header, byte[] data) throws IOException {
        var json = header.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file(), bytes.putLong(json.length).put(json).put(data).array());
    }

    private static String entry(String name, String dtype, String shape, int begin, int end) {
        return "{\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + ","
                + end + "]}}";
    }

    private static String two(String first, String second) {
        return first.substring(0, first.length() - 1) + "," + second.substring(1);
    }

    private Path file() {
        return folder.resolve("a.safetensors");
    }

    private static NamedTensors tensors() {
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("features.0.weight", Tensor.of(new float[] {1, Float.NaN, -0f, Float.MIN_VALUE, 3, 4}, 2, 3));
        tensors.put("features.1.num_batches_tracked", Tensor.of(new long[] {Long.MIN_VALUE}));
        tensors.put("ids", Tensor.of(new int[] {-1, Integer.MAX_VALUE, 7}, 3));
        tensors.put("empty", Tensor.of(new float[0], 0, 4));
        tensors.put("naïve \"name\"", Tensor.of(new float[] {9}, 1, 1, 1));
        return new NamedTensors(tensors);
    }
}
