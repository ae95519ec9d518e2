package io.uad.runtime.process;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes values into blocks of a few MiB, so that none is ever whole in memory a second time. {@link Receiver} reads them. */
public final class Sender {
    private static final int BLOCK_BYTES = 4 << 20;

    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private final Consumer<byte[]> blocks;

    /** @param blocks takes each block once it is full */
    Sender(Consumer<byte[]> blocks) {
        this.blocks = blocks;
    }

    /** Sends what has not been sent. */
    void flush() {
        if (block.position() > 0) {
            blocks.accept(Arrays.copyOf(block.array(), block.position()));
            block.clear();
        }
    }

    /** Sends a whole number. */
    public void number(long value) {
        room(Long.BYTES);
        block.putLong(value);
    }

    /** Sends a number, to the last bit. */
    public void real(double value) {
        room(Double.BYTES);
        block.putDouble(value);
    }

    /** Sends a text. */
    public void text(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        for (var done = 0; done < bytes.length; ) {
            room(1);
            var some = Math.min(bytes.length - done, block.remaining());
            block.put(bytes, done, some);
            done += some;
        }
    }

    /** Sends whole numbers. */
    public void ints(int[] values) {
        number(values.length);
        for (var done = 0; done < values.length; ) {
            room(Integer.BYTES);
            var some = Math.min(values.length - done, block.remaining() / Integer.BYTES);
            block.asIntBuffer().put(values, done, some);
            block.position(block.position() + some * Integer.BYTES);
            done += some;
        }
    }

    /** Sends large whole numbers. */
    public void longs(long[] values) {
        number(values.length);
        for (var value : values) {
            number(value);
        }
    }

    /** Sends numbers. */
    public void floats(float[] values) {
        number(values.length);
        for (var done = 0; done < values.length; ) {
            room(Float.BYTES);
            var some = Math.min(values.length - done, block.remaining() / Float.BYTES);
            block.asFloatBuffer().put(values, done, some);
            block.position(block.position() + some * Float.BYTES);
            done += some;
        }
    }

    /** Sends tensors with their names. */
    public void tensors(NamedTensors tensors) {
        list(List.copyOf(tensors.asMap().entrySet()), (entry, out) -> {
            text(entry.getKey());
            ints(entry.getValue().shape().stream().mapToInt(side -> side).toArray());
            values(entry.getValue());
        });
    }

    private void values(Tensor tensor) {
        if (tensor.values() instanceof float[] floats) {
            number(0);
            floats(floats);
        } else if (tensor.values() instanceof int[] ints) {
            number(1);
            ints(ints);
        } else {
            number(2);
            longs(tensor.longs());
        }
    }

    /** Sends some values alike. */
    public <T> void list(List<T> values, BiConsumer<T, Sender> each) {
        number(values.size());
        values.forEach(value -> each.accept(value, this));
    }

    /** Sends a value that may be missing. */
    public <T> void optional(@Nullable T value, BiConsumer<T, Sender> present) {
        number(value == null ? 0 : 1);
        if (value != null) {
            present.accept(value, this);
        }
    }

    private void room(int bytes) {
        if (block.remaining() < bytes) {
            flush();
        }
    }
}
