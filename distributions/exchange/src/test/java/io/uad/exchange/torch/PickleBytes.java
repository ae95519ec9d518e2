package io.uad.exchange.torch;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles opcode by opcode, in protocol 2, as Python 2 or Python 3 would. */
public final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean python2;

    private PickleBytes(boolean python2) {
        this.python2 = python2;
        op(0x80).op(2);
    }

    public static PickleBytes python2() {
        return new PickleBytes(true);
    }

    public static PickleBytes python3() {
        return new PickleBytes(false);
    }

    public PickleBytes op(int value) {
        out.write(value);
        return this;
    }

    public PickleBytes raw(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public PickleBytes text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (python2) {
            op('U').op(bytes.length);
        } else {
            op('X').little(bytes.length);
        }
        out.writeBytes(bytes);
        return this;
    }

    public PickleBytes number(int value) {
        return op('J').little(value);
    }

    public PickleBytes big(BigInteger value) {
        var bytes = value.toByteArray();
        op(0x8a).op(bytes.length);
        for (var i = bytes.length - 1; i >= 0; i--) {
            op(bytes[i]);
        }
        return this;
    }

    public PickleBytes global(String module, String name) {
        return raw("c" + module + "\n" + name + "\n");
    }

    public PickleBytes mark() {
        return op('(');
    }

    public PickleBytes tuple() {
        return op('t');
    }

    public PickleBytes numbers(long... values) {
        mark();
        for (var value : values) {
            number((int) value);
        }
        return tuple();
    }

    /** An empty dictionary, then a mark for its items, which {@link #end} puts in. */
    public PickleBytes dictionary() {
        return op('}').mark();
    }

    public PickleBytes end() {
        return op('u');
    }

    public byte[] stop() {
        op('.');
        return out.toByteArray();
    }

    private PickleBytes little(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }
}
