package io.uad.plugin.dataset.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFileTest {
    @TempDir
    Path folder;

    @Test
    void everyPartOfTheLengthOfAStrideIsFoundWhereverItLies() throws IOException {
        var bytes = new byte[50];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        var file = MappedFile.open(Files.write(folder.resolve("f"), bytes), 16);
        assertEquals(50, file.size());
        for (var offset = 0; offset <= 50; offset++) {
            for (var length = 0; length <= 16 && offset + length <= 50; length++) {
                assertArrayEquals(Arrays.copyOfRange(bytes, offset, offset + length), file.bytes(offset, length));
            }
        }
        assertThrows(IOException.class, () -> file.part(0, 17));
        assertThrows(IOException.class, () -> file.part(49, 2));
        assertThrows(IOException.class, () -> file.part(-1, 1));
        assertThrows(IOException.class, () -> file.part(Long.MAX_VALUE, 1));
    }

    @Test
    void aFileLargerThanAMappingIsReadToItsEnd() throws IOException {
        var path = folder.resolve("f"); // 3 GB with a hole
        var end = 3_000_000_000L;
        try (var channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), end - 3);
        }
        var file = MappedFile.open(path);
        assertArrayEquals(new byte[] {0, 1, 2, 3}, file.bytes(end - 4, 4));
        var across = 4L * MappedFile.STRIDE - 1;
        assertArrayEquals(new byte[1000], file.bytes(across, 1000));
        assertEquals(MappedFile.STRIDE, file.part(across, MappedFile.STRIDE - 1).remaining() + 1);
    }
}
