package io.uad.plugin.engine.djl.natives;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the head of a shared library says.
 *
 * @param platform what it runs on
 * @param needed the libraries that it wants, by file name; only of ELF files
 * @param searched the folders that it names for them, {@code $ORIGIN} being its own; only of ELF files
 */
record SharedLibrary(Platform platform, List<String> needed, List<String> searched) {
    private static final int HEAD = 4096;
    private static final int MACH_O_64 = 0xFEEDFACF;
    private static final int MACH_O_FAT = 0xBEBAFECA; // written the other way round
    private static final int MACH_O_ARM = 0x0100000C;
    private static final int DOS = 0x5A4D;
    private static final int DOS_POINTER = 0x3C;

    /** Reads a file; empty if it is no shared library of a known kind. */
    static Optional<SharedLibrary> read(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // until the head is full or the file ends
            }
            head.flip();
            if (head.limit() < Long.BYTES) {
                return Optional.empty();
            }
            var first = head.getInt(0);
            if (first == ElfFile.MAGIC) {
                return new ElfFile(channel, head).read();
            }
            if (first == MACH_O_64 || first == MACH_O_FAT) {
                return plain("osx", first == MACH_O_64 && head.getInt(4) == MACH_O_ARM ? "aarch64" : "x86_64");
            }
            return (first & 0xFFFF) == DOS ? windows(head) : Optional.empty();
        }
    }

    private static Optional<SharedLibrary> windows(ByteBuffer head) {
        var at = head.limit() < DOS_POINTER + Integer.BYTES ? -1 : head.getInt(DOS_POINTER);
        if (at < 0 || at + 6 > head.limit()) {
            return Optional.empty();
        }
        return plain("win", head.getShort(at + 4) == (short) 0xAA64 ? "aarch64" : "x86_64");
    }

    private static Optional<SharedLibrary> plain(String system, String processor) {
        return Optional.of(new SharedLibrary(new Platform(system, processor), List.of(), List.of()));
    }
}
