package io.uad.plugin.dataset.packed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of any length, mapped into memory in windows that overlap, each twice as long as they are apart: so whatever is no
 * longer than that distance lies in one of them. Several threads may read it; the file is not kept open.
 */
final class MappedFile {
    /** Half a gigabyte: no decoded image is larger. */
    static final int STRIDE = 1 << 29;

    private final List<ByteBuffer> windows;
    private final long size;
    private final int stride;

    private MappedFile(List<ByteBuffer> windows, long size, int stride) {
        this.windows = windows;
        this.size = size;
        this.stride = stride;
    }

    static MappedFile open(Path path) throws IOException {
        return open(path, STRIDE);
    }

    /** @param stride how far apart the windows begin, at most {@link #STRIDE} */
    static MappedFile open(Path path, int stride) throws IOException {
        try (var channel = FileChannel.open(path)) {
            var size = channel.size();
            var windows = new ArrayList<ByteBuffer>();
            for (var start = 0L; start < size; start += stride) {
                windows.add(channel.map(MapMode.READ_ONLY, start, Math.min(2L * stride, size - start)));
            }
            return new MappedFile(windows, size, stride);
        }
    }

    long size() {
        return size;
    }

    /**
     * A part of the file, little endian.
     *
     * @param length at most the distance of two windows
     * @throws IOException if it leaves the file
     */
    ByteBuffer part(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || length > stride || offset > size - length) {
            throw new IOException(length + " bytes at " + offset + " are no part of a file of " + size);
        }
        if (length == 0) {
            return ByteBuffer.allocate(0);
        }
        return windows.get((int) (offset / stride))
                .slice((int) (offset % stride), length)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A copy of a part of the file.
     *
     * @throws IOException if it leaves the file
     */
    byte[] bytes(long offset, int length) throws IOException {
        var bytes = new byte[length];
        part(offset, length).get(bytes);
        return bytes;
    }
}
