package io.uad.exchange.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both layouts, whatever wrote them, and all that a damaged or hostile file may hold. */
class TorchFileTest {
    @TempDir
    Path folder;

    private final TorchBytes torch = new TorchBytes();

    private Path write(boolean zip, byte[] pickle) throws IOException {
        var file = folder.resolve("file");
        return zip ? torch.zip(file, pickle) : torch.stream(file, pickle);
    }

    private static Tensor only(Path file) {
        try (var open = TorchFile.open(file)) {
            return open.read(assertInstanceOf(StoredTensor.class, open.root()));
        }
    }

    private static String refused(Path file) {
        var refusal = assertThrows(UadException.class, () -> {
            try (var open = TorchFile.open(file)) {
                if (open.root() instanceof StoredTensor tensor) {
                    open.read(tensor);
                }
            }
        });
        var message = String.valueOf(refusal.getMessage());
        assertEquals(ErrorKind.DATA, refusal.kind(), message);
        assertTrue(message.contains(file.toString()), message);
        return message;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stridesAndOffsetsAreFollowed(boolean zip) throws IOException {
        // A storage 0..11; columns 1 and 2 of its rows of 4, transposed: [[1, 5, 9], [2, 6, 10]].
        var values = new float[12];
        for (var i = 0; i < values.length; i++) {
            values[i] = i;
        }
        var pickle = PickleBytes.python3();
        torch.tensor(pickle, "FloatStorage", 12, TorchBytes.floats(values), 1, new long[] {2, 3}, new long[] {1, 4});
        assertEquals(Tensor.of(new float[] {1, 5, 9, 2, 6, 10}, 2, 3), only(write(zip, pickle.stop())));
    }

    @ParameterizedTest
    @CsvSource({
        // 1.5 and -2 in each type: IEEE 754, bfloat16 is the upper half of float32.
        "DoubleStorage, 000000000000f83f00000000000000c0",
        "FloatStorage, 0000c03f000000c0",
        "HalfStorage, 003e00c0",
        "BFloat16Storage, c03f00c0"
    })
    void everyTypeOfNumberBecomesFloat32(String type, String hex) throws IOException {
        var pickle = PickleBytes.python3();
        torch.tensor(pickle, type, 2, HexFormat.of().parseHex(hex), 0, new long[] {2}, new long[] {1});
        assertArrayEquals(
                new float[] {1.5f, -2}, only(write(true, pickle.stop())).floats());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countersStayIntegers(boolean zip) throws IOException {
        var pickle = PickleBytes.python3();
        var count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 40);
        torch.tensor(pickle, "LongStorage", 1, count.array(), 0, new long[] {}, new long[] {});
        assertEquals(Tensor.of(new long[] {1L << 40}), only(write(zip, pickle.stop())));
    }

    @Test
    void aDictionaryOfPython2IsAListOfPairsWithBytesAsNames() throws IOException {
        var pickle = PickleBytes.python2()
                .global("collections", "OrderedDict")
                .mark()
                .op(']')
                .mark();
        pickle.mark().text("b").number(2).tuple().mark().text("a").number(1).tuple();
        pickle.op('e').tuple().op('R');
        try (var open = TorchFile.open(write(false, pickle.stop()))) {
            assertEquals("{b=2, a=1}", open.root().toString());
        }
    }

    @Test
    void attributesOfADictionaryAreLeftAside() throws IOException {
        var pickle = PickleBytes.python3()
                .global("collections", "OrderedDict")
                .op(')')
                .op('R');
        pickle.dictionary().text("_metadata").number(1).end().op('b');
        try (var open = TorchFile.open(write(true, pickle.stop()))) {
            assertEquals(Map.of(), open.root());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGlobalThatIsNotListedIsRefusedByName(boolean zip) throws IOException {
        var pickle = PickleBytes.python3()
                .global("posix", "system")
                .mark()
                .text("touch owned")
                .tuple()
                .op('R');
        assertTrue(refused(write(zip, pickle.stop())).contains("posix.system"));
    }

    @Test
    void globalsOfTheLibraryItselfAreRefusedToo() throws IOException {
        for (var name : List.of("builtins bytearray", "datetime datetime", "exceptions ValueError", "torch load")) {
            var pickle = PickleBytes.python3().global(name.split(" ")[0], name.split(" ")[1]);
            assertTrue(refused(write(true, pickle.stop())).contains(name.replace(' ', '.')));
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 2, 1", "0, 13, 1", "0, 3, 6", "11, 2, 1", "2, 2, -3", "0, 2000000000, 0", "0, 13, 0"})
    void aTensorOutsideItsStorageIsRefused(int offset, long side, long stride) throws IOException {
        var pickle = PickleBytes.python3();
        torch.tensor(pickle, "FloatStorage", 12, new byte[48], offset, new long[] {side}, new long[] {stride});
        assertTrue(refused(write(true, pickle.stop())).contains("storage of 12"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStorageThatIsSaidToBeHugeIsComparedWithTheFile(boolean zip) throws IOException {
        var pickle = PickleBytes.python3();
        torch.tensor(
                pickle, "FloatStorage", 2_000_000_000, new byte[48], 0, new long[] {2_000_000_000}, new long[] {1});
        refused(write(zip, pickle.stop()));
    }

    @Test
    void aValueThatIsSaidToBeHugeIsComparedWithTheFile() throws IOException {
        for (var opcode : new int[] {'T', 'X', 'B', 0x8b}) {
            var pickle =
                    PickleBytes.python3().op(opcode).op(0xff).op(0xff).op(0xff).op(0x7f);
            assertTrue(refused(write(true, pickle.stop())).contains("2147483647 bytes where"));
        }
        var pickle = PickleBytes.python3().op(0x8e).raw("\u00ff".repeat(8));
        assertTrue(refused(write(true, pickle.stop())).contains("18446744073709551615 bytes where"));
    }

    @Test
    void structuresWithoutEndAreRefused() throws IOException {
        // A list that contains itself, as a key: its hash would never end.
        var cyclic = PickleBytes.python3()
                .op('}')
                .op(']')
                .op('q')
                .op(0)
                .op('h')
                .op(0)
                .op('a')
                .number(1)
                .op('s');
        assertTrue(refused(write(true, cyclic.stop())).contains("key"));
        var deep = PickleBytes.python3();
        for (var i = 0; i < 1_000_000; i++) {
            deep.op(']');
        }
        for (var i = 1; i < 1_000_000; i++) {
            deep.op('a');
        }
        try (var open = TorchFile.open(write(true, deep.stop()))) {
            assertInstanceOf(List.class, open.root()); // deep, and read without a deep stack
        }
    }

    @Test
    void opcodesThatStatesDoNotNeedAreRefused() throws IOException {
        for (var opcode : new int[] {'i', 'o', 'P', 'L', 'F', 'S', '2', 'd', 0x82, 0x8f, 0x92, 0x97}) {
            assertTrue(refused(write(true, PickleBytes.python3().op(opcode).stop()))
                    .contains("opcode"));
        }
    }

    @Test
    void aCompressedZipIsRefused() throws IOException {
        var file = folder.resolve("file.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            zip.write(PickleBytes.python3().number(1).stop());
        }
        assertTrue(refused(file).contains("compressed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pth.tar", "stream.pth.tar"})
    void whereverAFileIsCutItIsRefused(String name) throws IOException {
        var whole = bytes(name);
        var file = folder.resolve(name);
        for (var length = 0; length < whole.length; length += 307) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused(file);
        }
    }

    @Test
    void aBitThatFlipsInANumberOfAZipIsNoticed() throws IOException {
        var pickle = PickleBytes.python3();
        torch.floats(pickle, new int[] {3}, 1, 2, 3);
        var file = write(true, pickle.stop());
        var bytes = Files.readAllBytes(file);
        var two = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\0\0\0@");
        bytes[two] ^= 1;
        Files.write(file, bytes);
        assertTrue(refused(file).contains("checksum"));
    }

    @Test
    void otherFilesAreNone() throws IOException {
        var file = Files.writeString(folder.resolve("notes.txt"), "no checkpoint");
        assertTrue(refused(file).contains("neither a zip nor a pickle"));
        Files.write(file, PickleBytes.python2().number(1).stop());
        assertTrue(refused(file).contains("not of torch.save"));
        assertTrue(refused(folder.resolve("nowhere")).contains("no such file"));
    }

    private static byte[] bytes(String name) throws IOException {
        try (var in = TorchFileTest.class.getResourceAsStream("/io/uad/exchange/" + name)) {
            return in.readAllBytes();
        }
    }
}
