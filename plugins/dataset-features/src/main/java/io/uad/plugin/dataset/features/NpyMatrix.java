package io.uad.plugin.dataset.features;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A NumPy file whose values lie row by row, memory-mapped in pieces of at most a gigabyte. Several threads may read it; the
 * file is not kept open.
 */
final class NpyMatrix {
    private static final int PIECE_BYTES = 1 << 30;

    private final int rows;
    private final int columns;
    private final int valueBytes;
    private final boolean unsigned;
    private final int rowsPerPiece;
    private final ByteOrder order;
    private final List<ByteBuffer> pieces;

    private NpyMatrix(int rows, int columns, String type, ByteOrder order, List<ByteBuffer> pieces) {
        this.rows = rows;
        this.columns = columns;
        this.valueBytes = valueBytes(type);
        this.unsigned = type.startsWith("u");
        this.rowsPerPiece = rowsPerPiece((long) columns * valueBytes);
        this.order = order;
        this.pieces = pieces;
    }

    /**
     * What a file must hold.
     *
     * @param key of the option that names it, for messages
     * @param types names of the types without their byte order
     * @param typesInWords the same for messages
     * @param sides how many an array may have
     * @param shapeInWords the same for messages
     */
    record Wanted(String key, Set<String> types, String typesInWords, Set<Integer> sides, String shapeInWords) {
        UadException refused(String found, String expected, String action) {
            return UadException.data(found, key, expected, action);
        }
    }

    /** @throws UadException of kind DATA if there is no such file, or it is not what is wanted */
    static NpyMatrix open(Path file, Wanted wanted) {
        if (!Files.exists(file)) {
            throw wanted.refused(
                    "there is no file " + file.toAbsolutePath(), "a NumPy file (.npy)", "Correct the path");
        }
        if (Files.isDirectory(file)) {
            throw wanted.refused(
                    file + " is a folder",
                    "a NumPy file (.npy)",
                    "Name the file, or set dataset.plugin=image-folder for a folder of images");
        }
        try (var channel = FileChannel.open(file)) {
            NpyHeader header;
            try {
                header = NpyHeader.read(channel);
            } catch (IOException e) {
                throw wanted.refused(
                        file + " " + e.getMessage(),
                        "an array that numpy.save wrote",
                        "Save the array with numpy.save, not in an archive (.npz)");
            }
            return map(file, header, channel, wanted);
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.DATA, "it cannot be read: " + e, file.toString(), "", "Grant the right to read it", e);
        }
    }

    private static NpyMatrix map(Path file, NpyHeader header, FileChannel channel, Wanted wanted) throws IOException {
        var shape = header.shape().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        if (!wanted.sides.contains(header.shape().size())) {
            throw wanted.refused(
                    file + " holds an array of shape " + shape,
                    wanted.shapeInWords,
                    "Save array.reshape(len(array), -1) instead");
        }
        var type = header.type().replaceFirst("^[<>=|]", "");
        if (!wanted.types.contains(type)) {
            throw wanted.refused(
                    file + " holds values of type " + header.type(), wanted.typesInWords, "Convert with array.astype");
        }
        if (header.fortranOrder()) {
            throw wanted.refused(
                    file + " stores one column after the other (Fortran order)",
                    "one row after the other (C order)",
                    "Save numpy.ascontiguousarray(array) instead");
        }
        var rows = header.shape().get(0);
        var columns = header.shape().stream().skip(1).reduce(1L, (one, other) -> one * other);
        if (rows < 1 || columns < 1) {
            throw wanted.refused(
                    file + " is empty, its shape is " + shape, wanted.shapeInWords, "Check what was saved");
        }
        var valueBytes = valueBytes(type);
        if (rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE / valueBytes) {
            throw wanted.refused(
                    file + " is too large, its shape is " + shape,
                    "at most " + Integer.MAX_VALUE + " rows of " + Integer.MAX_VALUE / valueBytes + " columns",
                    "Save a part of it");
        }
        var promised = rows * columns * valueBytes;
        var found = channel.size() - header.dataOffset();
        if (found != promised) {
            throw wanted.refused(
                    file + " has " + found + " bytes of values where its header promises " + promised,
                    "one whole array",
                    found < promised
                            ? "It is cut short: copy or save it again"
                            : "Save the array into a file of its own");
        }
        var order = header.type().startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        var pieces = new ArrayList<ByteBuffer>();
        var rowBytes = columns * valueBytes;
        var pieceRows = rowsPerPiece(rowBytes);
        for (var first = 0L; first < rows; first += pieceRows) {
            var bytes = Math.min(pieceRows, rows - first) * rowBytes;
            pieces.add(channel.map(MapMode.READ_ONLY, header.dataOffset() + first * rowBytes, bytes));
        }
        return new NpyMatrix(rows.intValue(), columns.intValue(), type, order, pieces);
    }

    private static int valueBytes(String type) {
        return type.charAt(1) - '0';
    }

    private static int rowsPerPiece(long rowBytes) {
        return (int) Math.max(1, PIECE_BYTES / rowBytes);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /**
     * One row of an array of float32 or float64.
     *
     * @return a new array; float64 is rounded, and what float32 cannot hold becomes infinite
     */
    float[] floats(int row) {
        var bytes = bytes(row);
        var values = new float[columns];
        if (valueBytes == Float.BYTES) {
            bytes.asFloatBuffer().get(values);
            return values;
        }
        for (var column = 0; column < columns; column++) {
            values[column] = (float) bytes.getDouble();
        }
        return values;
    }

    /** The first number of a row of an array of integers; uint64 from 2^63 on is taken for negative. */
    long integer(int row) {
        var bytes = bytes(row);
        return switch (valueBytes) {
            case Byte.BYTES -> unsigned ? bytes.get() & 0xFF : bytes.get();
            case Short.BYTES -> unsigned ? bytes.getShort() & 0xFFFF : bytes.getShort();
            case Integer.BYTES -> unsigned ? bytes.getInt() & 0xFFFFFFFFL : bytes.getInt();
            default -> bytes.getLong();
        };
    }

    private ByteBuffer bytes(int row) {
        var rowBytes = columns * valueBytes;
        return pieces.get(row / rowsPerPiece)
                .slice(row % rowsPerPiece * rowBytes, rowBytes)
                .order(order);
    }
}
