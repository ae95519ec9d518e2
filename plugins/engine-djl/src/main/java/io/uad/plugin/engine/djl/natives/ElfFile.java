package io.uad.plugin.engine.djl.natives;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ELF file of 64 bits as far as the dynamic linker's wishes (System V ABI, "Object Files" and "Dynamic Linking").
 * Whatever does not fit together makes it no shared library.
 */
final class ElfFile {
    /** As an integer in the little order of bytes. */
    static final int MAGIC = 0x464C457F;

    private static final int SEGMENT_HEADER = 56;
    private static final int LOADED = 1;
    private static final int DYNAMIC = 2;
    private static final long NEEDED = 1;
    private static final long STRINGS = 5;
    private static final long STRINGS_SIZE = 10;
    private static final long OLD_PATH = 15;
    private static final long PATH = 29;
    private static final int LARGEST_TABLE = 1 << 22;

    private final FileChannel channel;
    private final ByteBuffer head;
    private final List<Segment> segments = new ArrayList<>();

    private record Segment(int type, long offset, long address, long size) {}

    private record Entry(long tag, long value) {}

    ElfFile(FileChannel channel, ByteBuffer head) {
        this.channel = channel;
        this.head = head;
    }

    Optional<SharedLibrary> read() throws IOException {
        var is64LittleEndian = head.get(4) == 2 && head.get(5) == 1;
        if (head.limit() < 64 || !is64LittleEndian) {
            return is64LittleEndian ? Optional.empty() : Optional.of(library("32 bits or big-endian", List.of(), ""));
        }
        var at = head.getLong(32);
        for (var i = 0; i < Short.toUnsignedInt(head.getShort(56)); i++) {
            var header = block(at + (long) i * SEGMENT_HEADER, SEGMENT_HEADER);
            if (header == null) {
                return Optional.empty();
            }
            segments.add(new Segment(header.getInt(0), header.getLong(8), header.getLong(16), header.getLong(32)));
        }
        return wishes();
    }

    private Optional<SharedLibrary> wishes() throws IOException {
        var entries = new ArrayList<Entry>();
        for (var segment : segments) {
            var table = segment.type == DYNAMIC ? block(segment.offset, segment.size) : null;
            while (table != null && table.remaining() >= 16) {
                entries.add(new Entry(table.getLong(), table.getLong()));
            }
        }
        var strings = block(offset(value(entries, STRINGS)), value(entries, STRINGS_SIZE));
        if (strings == null) {
            return Optional.empty();
        }
        var needed = new ArrayList<String>();
        var path = "";
        for (var entry : entries) {
            if (entry.tag == NEEDED) {
                needed.add(string(strings, entry.value));
            } else if (entry.tag == PATH || entry.tag == OLD_PATH) {
                path = string(strings, entry.value);
            }
        }
        return Optional.of(library(processor(), needed, path));
    }

    private static SharedLibrary library(String processor, List<String> needed, String path) {
        var searched = path.isEmpty() ? List.<String>of() : List.of(path.split(":"));
        return new SharedLibrary(new Platform("linux", processor), List.copyOf(needed), searched);
    }

    private String processor() {
        var machine = head.getShort(18);
        return switch (machine) {
            case 62 -> "x86_64";
            case 183 -> "aarch64";
            default -> "machine " + machine;
        };
    }

    private static long value(List<Entry> entries, long tag) {
        return entries.stream()
                .filter(entry -> entry.tag == tag)
                .mapToLong(Entry::value)
                .findFirst()
                .orElse(-1);
    }

    /** Where in the file an address of the memory lies; -1 if nowhere. */
    private long offset(long address) {
        return segments.stream()
                .filter(segment -> segment.type == LOADED
                        && address >= segment.address
                        && address < segment.address + segment.size)
                .mapToLong(segment -> segment.offset + address - segment.address)
                .findFirst()
                .orElse(-1);
    }

    private static String string(ByteBuffer strings, long from) {
        var end = (int) Math.max(0, Math.min(from, strings.limit()));
        var begin = end;
        while (end < strings.limit() && strings.get(end) != 0) {
            end++;
        }
        var bytes = new byte[end - begin];
        strings.get(begin, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private @Nullable ByteBuffer block(long at, long size) throws IOException {
        if (at < 0 || size < 0 || size > LARGEST_TABLE || at + size > channel.size()) {
            return null;
        }
        var block = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        while (block.hasRemaining() && channel.read(block, at + block.position()) >= 0) {
            // until it is full
        }
        return block.flip();
    }
}
