package io.uad.runtime.checkpoint;

import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.SafetensorsHeader.Entry;
import io.uad.runtime.checkpoint.SafetensorsHeaderParser.Defect;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.function.Predicate;

/**
 * An open safetensors file. All methods see the file as it was when it was opened, even if another one takes its name
 * meanwhile.
 */
final class SafetensorsReader implements AutoCloseable {
    /** More than any sensible number of tensors needs; guards against allocating what a damaged length says. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final int BUFFER_BYTES = 1 << 20;

    private final Path path;
    private final RandomAccessFile file;
    private final SafetensorsHeader header;
    private final long dataStart;

    /** @throws UadException of kind DATA if the file is missing or its header is wrong */
    SafetensorsReader(Path path) {
        this.path = path;
        this.file = open(path);
        try {
            var length = file.length();
            if (length < Long.BYTES) {
                throw new Defect("the file has " + length + " bytes, too few for the length of a header");
            }
            var size = Long.reverseBytes(file.readLong());
            if (size < 2 || size > LONGEST_HEADER || size > length - Long.BYTES) {
                throw new Defect(
                        "its header is said to have " + Long.toUnsignedString(size) + " bytes in a file of " + length);
            }
            var json = new byte[(int) size];
            file.readFully(json);
            this.dataStart = Long.BYTES + size;
            this.header = SafetensorsHeaderParser.parse(json, length - dataStart);
        } catch (Defect e) {
            close();
            throw Safetensors.broken(path, e.words());
        } catch (IOException e) {
            close();
            throw unreadable(e);
        }
    }

    SafetensorsHeader header() {
        return header;
    }

    /** SHA-256 of the whole file, in hexadecimal. */
    String sha256() {
        var digest = Sha256.digest();
        var buffer = new byte[BUFFER_BYTES];
        try {
            file.seek(0);
            for (int read; (read = file.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return Sha256.hex(digest);
    }

    /** The tensors whose names are wanted, in the order of the header. */
    NamedTensors read(Predicate<String> wanted) {
        var tensors = new LinkedHashMap<String, Tensor>();
        header.tensors().forEach((name, entry) -> {
            if (wanted.test(name)) {
                tensors.put(name, new Tensor(entry.shape(), values(name, entry)));
            }
        });
        return new NamedTensors(tensors);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Object values(String name, Entry entry) {
        var type = entry.type();
        var count = (entry.end() - entry.begin()) / type.bytes();
        if (count > Integer.MAX_VALUE - 8) {
            throw Safetensors.broken(path, "tensor " + name + " has " + count + " values, more than an array holds");
        }
        var values = type.array((int) count);
        var buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try {
            file.seek(dataStart + entry.begin());
            for (var at = 0; at < count; ) {
                var some = (int) Math.min(count - at, BUFFER_BYTES / type.bytes());
                file.readFully(buffer.array(), 0, some * type.bytes());
                type.decode(buffer, values, at, some);
                at += some;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return values;
    }

    private static RandomAccessFile open(Path path) {
        if (!Files.exists(path)) {
            throw UadException.data("no such file", path.toString(), "a safetensors file", "Check the path");
        }
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "cannot be opened: " + e.getMessage(),
                    path.toString(),
                    "a readable file",
                    "Check its permissions",
                    e);
        }
    }

    private UadException unreadable(IOException cause) {
        return new UadException(
                ErrorKind.RESOURCE,
                "cannot be read: " + cause.getMessage(),
                path.toString(),
                "a readable safetensors file",
                "Check the disk, or use another checkpoint",
                cause);
    }
}
