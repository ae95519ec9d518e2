package io.uad.exchange.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files as {@code torch.save} does, from a pickled object and the bytes of its storages. */
public final class TorchBytes {
    private final Map<String, byte[]> storages = new LinkedHashMap<>();
    private final Map<String, Integer> elementBytes = new LinkedHashMap<>();

    /** Adds a tensor to a pickle: its storage is kept for the file. A stream takes floats and longs. */
    public TorchBytes tensor(
            PickleBytes pickle, String type, int elements, byte[] content, int offset, long[] shape, long[] strides) {
        var key = Integer.toString(storages.size());
        storages.put(key, content);
        elementBytes.put(key, type.equals("LongStorage") ? Long.BYTES : Float.BYTES);
        pickle.global("torch._utils", "_rebuild_tensor_v2").mark().mark();
        pickle.text("storage").global("torch", type).text(key).text("cuda:0").number(elements);
        pickle.tuple().op('Q').number(offset).numbers(shape).numbers(strides).op(0x89);
        pickle.global("collections", "OrderedDict").op(')').op('R').tuple().op('R');
        return this;
    }

    public TorchBytes floats(PickleBytes pickle, int[] shape, float... values) {
        var sides = new long[shape.length];
        var strides = new long[shape.length];
        var stride = 1L;
        for (var i = shape.length - 1; i >= 0; i--) {
            sides[i] = shape[i];
            strides[i] = stride;
            stride *= shape[i];
        }
        return tensor(pickle, "FloatStorage", values.length, floats(values), 0, sides, strides);
    }

    public static byte[] floats(float... values) {
        var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    public Path zip(Path file, byte[] pickle) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            stored(zip, "archive/data.pkl", pickle);
            for (var storage : storages.entrySet()) {
                stored(zip, "archive/data/" + storage.getKey(), storage.getValue());
            }
            stored(zip, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
        return file;
    }

    public Path stream(Path file, byte[] pickle) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(PickleBytes.python2()
                .big(new BigInteger("1950a86a20f9469cfc6c", 16))
                .stop());
        out.writeBytes(PickleBytes.python2().number(1001).stop());
        out.writeBytes(PickleBytes.python2()
                .dictionary()
                .text("little_endian")
                .op(0x88)
                .end()
                .stop());
        out.writeBytes(pickle);
        var keys = PickleBytes.python2().op(']').mark();
        storages.keySet().forEach(keys::text);
        out.writeBytes(keys.op('e').stop());
        storages.forEach((key, content) -> {
            var count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            out.writeBytes(count.putLong(content.length / elementBytes.getOrDefault(key, 1))
                    .array());
            out.writeBytes(content);
        });
        return Files.write(file, out.toByteArray());
    }

    private static void stored(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        var checksum = new CRC32();
        checksum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
