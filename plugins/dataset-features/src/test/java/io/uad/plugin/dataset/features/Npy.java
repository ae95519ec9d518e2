package io.uad.plugin.dataset.features;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes files as numpy.save does: the header is padded with blanks so that the values begin at a multiple of 64. */
final class Npy {
    private Npy() {}

    static Path write(Path file, String type, String shape, double... values) {
        return write(file, 1, header("'" + type + "'", "False", shape), bytes(type, values));
    }

    static String header(String type, String fortranOrder, String shape) {
        return "{'descr': " + type + ", 'fortran_order': " + fortranOrder + ", 'shape': " + shape + ", }";
    }

    static Path write(Path file, int version, String header, byte[] values) {
        var prefix = version == 1 ? 10 : 12;
        var padded = header + " ".repeat(63 - (prefix + header.length()) % 64) + "\n";
        var start = ByteBuffer.allocate(prefix).order(ByteOrder.LITTLE_ENDIAN);
        start.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        start.put((byte) version).put((byte) 0);
        if (version == 1) {
            start.putShort((short) padded.length());
        } else {
            start.putInt(padded.length());
        }
        var all = new ByteArrayOutputStream();
        all.writeBytes(start.array());
        all.writeBytes(padded.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(values);
        try {
            return Files.write(file, all.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String type, double... values) {
        var size = type.charAt(2) - '0';
        var bytes = ByteBuffer.allocate(size * values.length)
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (var value : values) {
            switch (type.substring(1)) {
                case "f4" -> bytes.putFloat((float) value);
                case "f8" -> bytes.putDouble(value);
                case "i1", "u1", "b1" -> bytes.put((byte) (int) value);
                case "i2", "u2" -> bytes.putShort((short) (int) value);
                case "i4", "u4" -> bytes.putInt((int) (long) value);
                default -> bytes.putLong((long) value);
            }
        }
        return bytes.array();
    }
}
