package io.uad.plugin.engine.libtorch;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Copies float32 values between Java and tensors, in the C order of their axes. Without gradient mode only. */
final class Transfer {
    private static final String CPU = "cpu";

    private final Device device;

    /** @param device where new tensors are; kept */
    Transfer(Device device) {
        this.device = device;
    }

    /** A new tensor of undefined values, which lives as long as the scope. */
    Tensor allocate(long... sides) {
        return allocate(ScalarType.Float, sides);
    }

    /** The same of another type. */
    Tensor allocate(ScalarType type, long... sides) {
        return torch.empty(sides, options(type), new MemoryFormatOptional());
    }

    /** How tensors of a type are made on the device. */
    TensorOptions options(ScalarType type) {
        return new TensorOptions(type).device(new DeviceOptional(device));
    }

    /**
     * A new tensor of bytes, which lives as long as the scope. They go to a GPU from memory that it reads by itself.
     *
     * @param writer fills a buffer of that many bytes
     */
    Tensor bytes(Consumer<ByteBuffer> writer, long... sides) {
        var isGpu = device.is_cuda();
        var memory = torch.empty(
                sides,
                new TensorOptions(ScalarType.Byte).pinned_memory(new BoolOptional(isGpu)),
                new MemoryFormatOptional());
        writer.accept(
                new BytePointer(memory.data_ptr()).capacity(memory.numel()).asByteBuffer());
        return isGpu ? memory.to(device, ScalarType.Byte, true, false, new MemoryFormatOptional()) : memory;
    }

    /** A new tensor with those values, which lives as long as the scope. */
    Tensor create(float[] values, long... sides) {
        var tensor = allocate(sides);
        write(values, tensor);
        return tensor;
    }

    /** A new tensor of integers on the CPU, which lives as long as the scope. */
    static Tensor of(long... values) {
        return torch.from_blob(new LongPointer(values), new long[] {values.length}, new TensorOptions(ScalarType.Long));
    }

    /** A new tensor of integers on the CPU, which lives as long as the scope. */
    static Tensor of(int[] values) {
        return torch.from_blob(new IntPointer(values), new long[] {values.length}, new TensorOptions(ScalarType.Int));
    }

    /** The same values on the device; the tensor itself if they are there. */
    Tensor toDevice(Tensor tensor) {
        return tensor.device().equals(device) ? tensor : tensor.to(device, tensor.scalar_type());
    }

    /** Overwrites all of {@code target}. */
    static void write(float[] values, Tensor target) {
        if (values.length != target.numel()) {
            throw new IllegalArgumentException(values.length + " values for a tensor of " + target.numel());
        }
        if (isPlain(target)) {
            target.data_ptr_float().put(values);
            return;
        }
        try (var copy = new FloatPointer(values);
                var plain = torch.from_blob(copy, target.sizes().vec().get())) {
            target.copy_(plain);
        }
    }

    /** Overwrites rows of a matrix with the first of {@code values}. */
    static void writeRows(float[] values, Tensor matrix, int first, int rows) {
        var columns = matrix.size(1);
        var target = matrix.narrow(0, first, rows);
        if (isPlain(target)) {
            target.data_ptr_float().put(values, 0, Math.toIntExact(rows * columns));
            return;
        }
        var copy = new FloatPointer(rows * columns).put(values, 0, Math.toIntExact(rows * columns));
        target.copy_(torch.from_blob(copy, rows, columns));
    }

    /** Copies rows of a matrix to the beginning of {@code values}. */
    static void readRows(Tensor matrix, int first, int rows, float[] values) {
        var source = plain(matrix.narrow(0, first, rows));
        source.data_ptr_float().get(values, 0, Math.toIntExact(rows * matrix.size(1)));
    }

    /** A copy of all values as float32. */
    static float[] read(Tensor source) {
        var values = new float[Math.toIntExact(source.numel())];
        plain(source).data_ptr_float().get(values);
        return values;
    }

    /** A copy of all values of a tensor of integers. */
    static long[] readLongs(Tensor source) {
        var values = new long[Math.toIntExact(source.numel())];
        source.to(new Device(CPU), ScalarType.Long).contiguous().data_ptr_long().get(values);
        return values;
    }

    private static Tensor plain(Tensor tensor) {
        return isPlain(tensor)
                ? tensor
                : tensor.to(new Device(CPU), ScalarType.Float).contiguous();
    }

    /** Whether its memory holds the values as Java wants them. */
    private static boolean isPlain(Tensor tensor) {
        return tensor.is_cpu() && tensor.scalar_type().intern() == ScalarType.Float && tensor.is_contiguous();
    }
}
