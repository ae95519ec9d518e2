package io.uad.plugin.dataset.packed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is remembered of a file that was packed, to tell whether it is still the same.
 *
 * @param length in bytes; {@link #UNKNOWN} if it is no file
 * @param tail checksum of its last 4 KiB, of 512 files that are spread evenly, 0 of the others; beginnings of files are often
 *     equal headers
 */
record Original(long length, int tail) {
    static final long UNKNOWN = -1;
    static final Original NONE = new Original(UNKNOWN, 0);

    private static final int TAIL_BYTES = 4096;
    private static final long TAILS = 512;

    /**
     * @param index of its entry
     * @param entries how many there are
     */
    static Original of(Path file, long length, int index, int entries) {
        return new Original(length, hasTail(index, entries) ? tail(file, length) : 0);
    }

    /** Whether the index is the first of its 512th part: so many are spread evenly, or all if there are no more. */
    static boolean hasTail(int index, int entries) {
        return index == 0 || index * TAILS / entries != (index - 1) * TAILS / entries;
    }

    /** Of what can be read. */
    static int tail(Path file, long length) {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(0, length - TAIL_BYTES));
            var bytes = in.readNBytes(TAIL_BYTES);
            return PackFormat.checksum(bytes, bytes.length);
        } catch (IOException e) {
            return 0; // whether it can be read is said where it is used
        }
    }
}
