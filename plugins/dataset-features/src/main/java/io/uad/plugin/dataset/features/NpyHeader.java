package io.uad.plugin.dataset.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the values of a NumPy file.
 *
 * @param type NumPy's name of the type of a value, such as {@code <f4}; {@code ?} where it is a structure
 * @param fortranOrder whether the first index runs fastest
 * @param shape the length of every side; empty for a single number
 * @param dataOffset where the values begin, in bytes
 */
record NpyHeader(String type, boolean fortranOrder, List<Long> shape, int dataOffset) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 20;
    private static final Pattern TYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*(?:'([^']*)'|\"([^\"]*)\"|\\[)");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([\\d\\sL,]*)\\)");

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /** @throws IOException in words for the user if the file does not begin like that */
    static NpyHeader read(FileChannel file) throws IOException {
        var start = bytes(file, 0, MAGIC.length + 2);
        for (var expected : MAGIC) {
            if (start.get() != expected) {
                throw new IOException("is no NumPy file");
            }
        }
        var version = start.get();
        if (version < 1 || version > 3) {
            throw new IOException("has version " + version + " of the NumPy format");
        }
        var wide = version > 1;
        var at = MAGIC.length + 2;
        var size = bytes(file, at, wide ? 4 : 2);
        var length = wide ? size.getInt() : size.getShort() & 0xFFFF;
        if (length < 0 || length > LONGEST) {
            throw new IOException("has a damaged header");
        }
        at += wide ? 4 : 2;
        return parse(StandardCharsets.UTF_8.decode(bytes(file, at, length)).toString(), at + length);
    }

    private static NpyHeader parse(String dictionary, int dataOffset) throws IOException {
        var type = find(TYPE, dictionary);
        var name = type.group(1) != null ? type.group(1) : type.group(2);
        var shape = new ArrayList<Long>();
        for (var side : find(SHAPE, dictionary).group(1).replace("L", "").split(",")) {
            if (!side.isBlank()) {
                try {
                    shape.add(Long.parseLong(side.strip()));
                } catch (NumberFormatException e) {
                    throw new IOException("has a damaged header", e);
                }
            }
        }
        var fortranOrder = find(ORDER, dictionary).group(1).equals("True");
        return new NpyHeader(name == null ? "?" : name, fortranOrder, shape, dataOffset);
    }

    private static Matcher find(Pattern pattern, String dictionary) throws IOException {
        var matcher = pattern.matcher(dictionary);
        if (!matcher.find()) {
            throw new IOException("has a damaged header");
        }
        return matcher;
    }

    private static ByteBuffer bytes(FileChannel file, long position, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new IOException(position == 0 ? "is no NumPy file" : "ends within its header");
            }
        }
        return bytes.flip();
    }
}
