package io.uad.exchange.torch;

import io.uad.api.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import net.razorvine.pickle.PickleException;

/** Reads the numbers of a tensor and puts them into C order. */
final class TensorReader {
    private static final int BUFFER_BYTES = 1 << 18;

    private TensorReader() {}

    static Tensor read(StoredTensor tensor, TorchFile.Layout layout) throws IOException {
        var elements = elements(tensor.storage(), layout);
        return new Tensor(tensor.shape(), isWhole(tensor) ? elements : gathered(tensor, elements));
    }

    /** All elements of a storage. */
    private static Object elements(Storage storage, TorchFile.Layout layout) throws IOException {
        var type = storage.type().dtype();
        if (type == null) {
            throw new PickleException(
                    "a tensor of " + storage.type().name() + ", where numbers of a network are needed");
        }
        try (var in = layout.open(storage)) { // which checks that the file holds as many
            var count = Math.toIntExact(storage.elements());
            var elements = type.array(count);
            var buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (var at = 0; at < count; ) {
                var some = Math.min(count - at, BUFFER_BYTES / type.bytes());
                if (in.readNBytes(buffer.array(), 0, some * type.bytes()) < some * type.bytes()) {
                    throw new EOFException("storage " + storage.key() + " ends early");
                }
                type.decode(buffer, elements, at, some);
                at += some;
            }
            if (in.read() >= 0) { // which also makes a checksum complete
                throw new IOException("storage " + storage.key() + " goes on behind its end");
            }
            return elements;
        } catch (ArithmeticException e) {
            throw new PickleException("storage " + storage.key() + " has more elements than an array holds", e);
        }
    }

    /** Whether the tensor is its storage, in C order. */
    private static boolean isWhole(StoredTensor tensor) {
        return tensor.offset() == 0
                && tensor.size() == tensor.storage().elements()
                && isContiguous(tensor.shape(), tensor.strides());
    }

    private static boolean isContiguous(List<Integer> shape, List<Long> strides) {
        var expected = 1L;
        for (var i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) > 1 && strides.get(i) != expected) {
                return false;
            }
            expected *= shape.get(i);
        }
        return true;
    }

    private static Object gathered(StoredTensor tensor, Object elements) {
        var sides = tensor.shape();
        var index = new int[sides.size()];
        var size = tensor.size();
        Object values = elements instanceof float[]
                ? new float[size]
                : elements instanceof long[] ? new long[size] : new int[size];
        var from = tensor.offset();
        for (var i = 0; i < size; i++) {
            System.arraycopy(elements, (int) from, values, i, 1);
            for (var axis = index.length - 1; axis >= 0; axis--) { // the next element in C order
                index[axis]++;
                from += tensor.strides().get(axis);
                if (index[axis] < sides.get(axis)) {
                    break;
                }
                from -= index[axis] * tensor.strides().get(axis);
                index[axis] = 0;
            }
        }
        return values;
    }
}
