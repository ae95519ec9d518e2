package io.uad.plugin.engine.djl.natives;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that look like shared libraries from outside, and are none. */
final class MadeUpNatives {
    static final int X86_64 = 62;
    static final int AARCH64 = 183;
    /** What this machine is, so that tests run on both. */
    static final int HERE = Platform.here().processor().equals("aarch64") ? AARCH64 : X86_64;

    private static final List<String> CPU = List.of("libc10.so", "libtorch_cpu.so", "libtorch.so");

    private MadeUpNatives() {}

    /** A PyTorch for the CPU. */
    static Path cpu(Path folder, int machine) throws IOException {
        for (var name : CPU) {
            library(folder.resolve(name), machine, List.of(), "$ORIGIN");
        }
        return folder;
    }

    /** A PyTorch for CUDA. */
    static Path cuda(Path folder) throws IOException {
        cpu(folder, HERE);
        library(folder.resolve("libc10_cuda.so"), HERE, List.of("libc10.so"), "$ORIGIN");
        library(folder.resolve("libtorch_cuda.so"), HERE, List.of("libc10_cuda.so", "libc.so.6"), "$ORIGIN");
        return folder;
    }

    /** An ELF file: its header, a segment that holds all, the dynamic table, and the strings that this points to. */
    static void library(Path file, int machine, List<String> needed, String path) throws IOException {
        var strings = new ByteArrayOutputStream();
        strings.write(0);
        var entries = ByteBuffer.allocate(16 * (needed.size() + 4)).order(ByteOrder.LITTLE_ENDIAN);
        for (var name : needed) {
            entries.putLong(1).putLong(add(strings, name));
        }
        entries.putLong(29).putLong(add(strings, path));
        var table = 64 + 2 * 56;
        entries.putLong(5).putLong((long) table + entries.capacity());
        entries.putLong(10).putLong(strings.size());
        var size = table + entries.capacity() + strings.size();
        var elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elf.putInt(ElfFile.MAGIC).put((byte) 2).put((byte) 1);
        elf.putShort(18, (short) machine).putLong(32, 64).putShort(56, (short) 2);
        elf.position(64);
        elf.putInt(1)
                .putInt(0)
                .putLong(0)
                .putLong(0)
                .putLong(0)
                .putLong(size)
                .putLong(size)
                .putLong(0);
        elf.putInt(2).putInt(0).putLong(table).putLong(table).putLong(0).putLong(entries.capacity());
        elf.putLong(0).putLong(0);
        elf.put(entries.array()).put(strings.toByteArray());
        Files.createDirectories(file.getParent());
        Files.write(file, elf.array());
    }

    private static int add(ByteArrayOutputStream strings, String text) {
        var at = strings.size();
        strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        strings.write(0);
        return at;
    }
}
