package io.uad.runtime.process;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link Sender} has written, in the same order. */
public final class Receiver {
    private final Supplier<byte[]> blocks;
    private ByteBuffer block = ByteBuffer.allocate(0);

    /** @param blocks the next one, each time it is asked */
    Receiver(Supplier<byte[]> blocks) {
        this.blocks = blocks;
    }

    /** A whole number. */
    public long number() {
        fill();
        return block.getLong();
    }

    /** A whole number that fits an int. */
    public int integer() {
        return Math.toIntExact(number());
    }

    /** A number. */
    public double real() {
        fill();
        return block.getDouble();
    }

    /** A text. */
    public String text() {
        var bytes = new byte[integer()];
        for (var done = 0; done < bytes.length; ) {
            fill();
            var some = Math.min(bytes.length - done, block.remaining());
            block.get(bytes, done, some);
            done += some;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whole numbers. */
    public int[] ints() {
        var values = new int[integer()];
        for (var done = 0; done < values.length; ) {
            fill();
            var some = Math.min(values.length - done, block.remaining() / Integer.BYTES);
            block.asIntBuffer().get(values, done, some);
            block.position(block.position() + some * Integer.BYTES);
            done += some;
        }
        return values;
    }

    /** Large whole numbers. */
    public long[] longs() {
        var values = new long[integer()];
        for (var i = 0; i < values.length; i++) {
            values[i] = number();
        }
        return values;
    }

    /** Numbers. */
    public float[] floats() {
        var values = new float[integer()];
        for (var done = 0; done < values.length; ) {
            fill();
            var some = Math.min(values.length - done, block.remaining() / Float.BYTES);
            block.asFloatBuffer().get(values, done, some);
            block.position(block.position() + some * Float.BYTES);
            done += some;
        }
        return values;
    }

    /** Tensors with their names. */
    public NamedTensors tensors() {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var left = integer(); left > 0; left--) {
            var name = text();
            var shape = Arrays.stream(ints()).boxed().toList();
            tensors.put(name, new Tensor(shape, values(integer())));
        }
        return new NamedTensors(tensors);
    }

    private Object values(int type) {
        return switch (type) {
            case 0 -> floats();
            case 1 -> ints();
            default -> longs();
        };
    }

    /** Some values alike. */
    public <T> List<T> list(Function<Receiver, T> each) {
        var values = new ArrayList<T>();
        for (var left = integer(); left > 0; left--) {
            values.add(each.apply(this));
        }
        return values;
    }

    /** A value that may be missing. */
    public <T> @Nullable T optional(Function<Receiver, T> present) {
        return number() == 0 ? null : present.apply(this);
    }

    private void fill() {
        if (!block.hasRemaining()) {
            block = ByteBuffer.wrap(blocks.get());
        }
    }
}
