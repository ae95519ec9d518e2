package io.uad.exchange.pickle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of known length that knows where it is, so that no length in a pickle is believed before it is possible. */
public final class SizedInput extends InputStream {
    private final InputStream in;
    private final long length;
    private long position;

    /**
     * @param in closed with this one
     * @param length how many of its bytes belong to this one
     */
    public SizedInput(InputStream in, long length) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.length = length;
    }

    /** Bytes read so far. */
    public long position() {
        return position;
    }

    /** Bytes that are left. */
    public long remaining() {
        return length - position;
    }

    @Override
    public int read() throws IOException {
        var value = remaining() > 0 ? in.read() : -1;
        if (value >= 0) {
            position++;
        }
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (count > 0 && remaining() <= 0) {
            return -1;
        }
        var read = in.read(into, offset, (int) Math.min(count, remaining()));
        position += Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        var skipped = in.skip(Math.min(count, remaining()));
        position += skipped;
        return skipped;
    }

    /** The next bytes as a little-endian number, which stay unread; 0 for those behind the end. */
    long peek(int bytes) throws IOException {
        in.mark(bytes);
        var number = 0L;
        for (var i = 0; i < bytes; i++) {
            number |= (long) Math.max(0, in.read()) << (8 * i);
        }
        in.reset();
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
