package io.uad.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads and writes tensors in the safetensors format, which Python's {@code safetensors} reads and writes too.
 *
 * <p><b>Bytes of a file.</b>
 *
 * <pre>
 * offset  length  content
 * 0       8       n, the length of the header, unsigned, little-endian
 * 8       n       the header: a JSON object in UTF-8 that begins with '{', padded with spaces so that 8 | n
 * 8 + n   ...     the values of all tensors, little-endian, C order, without gaps
 * </pre>
 *
 * <p>The header maps each tensor's name to {@code {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}}, with
 * offsets counted from {@code 8 + n}; the key {@code __metadata__} holds texts by key. Written are {@code F32}, {@code I32}
 * and {@code I64}; {@code F16}, {@code BF16} and {@code F64} are read too, as float32.
 *
 * <p><b>Repeatable.</b> Equal arguments give equal bytes: tensors stand in the header in their own order, metadata in the
 * order of its keys. Among the values those of 8 bytes come first, each group in its own order, so that every value lies
 * at a multiple of its size.
 */
public final class Safetensors {
    static final String METADATA = "__metadata__";

    private static final int BUFFER_BYTES = 1 << 18;
    private static final JsonMapper JSON = new JsonMapper();

    private Safetensors() {}

    /**
     * Replaces a file, atomically. No second copy of the values is made.
     *
     * @return SHA-256 of the file, in hexadecimal
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    public static String write(Path file, NamedTensors tensors, Map<String, String> metadata) {
        var shapes = new LinkedHashMap<String, Shape>();
        tensors.asMap().forEach((name, tensor) -> shapes.put(name, new Shape(type(tensor), tensor.shape())));
        var ordered = ordered(shapes);
        var header = header(shapes, ordered, metadata);
        var digest = Sha256.digest();
        AtomicFile.write(file, bytes(shapes, header), target -> {
            var out = new DigestOutputStream(target, digest);
            var buffer = new byte[BUFFER_BYTES];
            ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
            out.write(buffer, 0, Long.BYTES);
            out.write(header);
            for (var name : ordered) {
                write(out, buffer, tensors.get(name));
            }
        });
        return Sha256.hex(digest);
    }

    /** A tensor without its values. */
    record Shape(Dtype type, List<Integer> sides) {
        Shape {
            sides = List.copyOf(sides);
        }

        long bytes() {
            return sides.stream().mapToLong(Integer::longValue).reduce(type.bytes(), Math::multiplyExact);
        }
    }

    /** How long the file will be that {@link #write} makes of such tensors. */
    static long bytes(Map<String, Shape> shapes, Map<String, String> metadata) {
        return bytes(shapes, header(shapes, ordered(shapes), metadata));
    }

    private static long bytes(Map<String, Shape> shapes, byte[] header) {
        return Long.BYTES
                + header.length
                + shapes.values().stream().mapToLong(Shape::bytes).sum();
    }

    /** The names in the order of the values. */
    private static List<String> ordered(Map<String, Shape> shapes) {
        return shapes.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        tensor -> -tensor.getValue().type().bytes())) // stable
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Reads everything.
     *
     * @throws UadException of kind DATA if the file is missing or damaged
     */
    public static NamedTensors read(Path file) {
        return read(file, name -> true);
    }

    /** Reads the tensors whose names are wanted; the others cost nothing. */
    public static NamedTensors read(Path file, Predicate<String> wanted) {
        try (var reader = new SafetensorsReader(file)) {
            return reader.read(wanted);
        }
    }

    /** Reads names, shapes and metadata, and checks that they fit the file's length. */
    public static SafetensorsHeader readHeader(Path file) {
        try (var reader = new SafetensorsReader(file)) {
            return reader.header();
        }
    }

    static UadException broken(Path file, String defect) {
        return UadException.data(
                defect,
                file.toString(),
                "a complete safetensors file",
                "Use another checkpoint, or write or copy this one again");
    }

    private static byte[] header(Map<String, Shape> shapes, List<String> ordered, Map<String, String> metadata) {
        var begins = new TreeMap<String, Long>();
        var at = 0L;
        for (var name : ordered) {
            begins.put(name, at);
            at += Objects.requireNonNull(shapes.get(name)).bytes();
        }
        var root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            var texts = root.putObject(METADATA);
            new TreeMap<>(metadata).forEach(texts::put);
        }
        shapes.forEach((name, shape) -> {
            if (name.equals(METADATA)) {
                throw new IllegalArgumentException("no tensor may be named " + METADATA);
            }
            var begin = begins.getOrDefault(name, 0L);
            var entry = root.putObject(name).put("dtype", shape.type().name());
            var sides = entry.putArray("shape");
            shape.sides().forEach(sides::add);
            entry.putArray("data_offsets").add(begin).add(begin + shape.bytes());
        });
        try {
            var json = JSON.writeValueAsBytes(root);
            var padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
            Arrays.fill(padded, json.length, padded.length, (byte) ' ');
            return padded;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, Tensor tensor) throws IOException {
        var view = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        var type = type(tensor);
        for (var at = 0; at < tensor.size(); ) {
            var some = Math.min(tensor.size() - at, BUFFER_BYTES / type.bytes());
            switch (type) {
                case I32 -> view.asIntBuffer().put(tensor.ints(), at, some);
                case I64 -> view.asLongBuffer().put(tensor.longs(), at, some);
                default -> view.asFloatBuffer().put(tensor.floats(), at, some);
            }
            out.write(buffer, 0, some * type.bytes());
            at += some;
        }
    }

    private static Dtype type(Tensor tensor) {
        return Dtype.of(tensor.values());
    }
}
