package io.uad.runtime.inference;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * NumPy's format {@code .npy}, version 1.0, for a matrix of float32, row by row.
 *
 * <pre>
 * offset  length  content
 * 0       6       0x93 and "NUMPY"
 * 6       2       1, 0
 * 8       2       118, unsigned, little-endian: the length of what follows up to the values
 * 10      118     a Python dictionary with descr, fortran_order and shape, spaces, and a line feed
 * 128     4 n D   the values, little-endian
 * </pre>
 *
 * <p>The header has one length whatever the shape, so that it can be written when the number of rows is known.
 */
final class NpyFormat {
    static final int HEADER_BYTES = 128;

    private static final int PREFIX_BYTES = 10;

    private NpyFormat() {}

    /** The header of {@code rows} rows. */
    static byte[] header(int rows, int columns) {
        var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        var header = new byte[HEADER_BYTES];
        Arrays.fill(header, (byte) ' ');
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) (HEADER_BYTES - PREFIX_BYTES))
                .put(text.getBytes(StandardCharsets.US_ASCII));
        header[HEADER_BYTES - 1] = '\n';
        return header;
    }

    /** Writes rows behind it. */
    static void write(OutputStream out, float[] rows) throws IOException {
        var bytes = ByteBuffer.allocate(Math.multiplyExact(rows.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(rows);
        out.write(bytes.array());
    }
}
