package io.uad.exchange.torch;

import java.util.ArrayList;
import java.util.List;
import net.razorvine.pickle.PickleException;

/**
 * A tensor whose numbers are still in the file.
 *
 * @param offset of its first element in the storage, in elements
 * @param shape outermost first
 * @param strides in elements, one per side, not negative
 */
public record StoredTensor(Storage storage, long offset, List<Integer> shape, List<Long> strides) {
    private static final int SIZES = 2;
    private static final int STRIDES = 3;

    /** From the arguments of {@code torch._utils._rebuild_tensor}: storage, offset, sizes, strides. */
    static StoredTensor of(Object[] arguments) {
        if (arguments.length > STRIDES
                && arguments[0] instanceof Storage storage
                && arguments[1] instanceof Number offset
                && arguments[SIZES] instanceof Object[] sizes
                && arguments[STRIDES] instanceof Object[] steps
                && sizes.length == steps.length) {
            var shape = new ArrayList<Integer>();
            var strides = new ArrayList<Long>();
            for (var i = 0; i < sizes.length; i++) {
                shape.add(Math.toIntExact(((Number) sizes[i]).longValue()));
                strides.add(((Number) steps[i]).longValue());
            }
            var tensor = new StoredTensor(
                    storage,
                    Math.addExact(storage.first(), offset.longValue()),
                    List.copyOf(shape),
                    List.copyOf(strides));
            tensor.check();
            return tensor;
        }
        throw new PickleException("a tensor of an unknown form");
    }

    /** The number of its elements. */
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** Every element must lie in the storage, and no element may serve for many, so that no tensor outgrows its file. */
    private void check() {
        var last = offset;
        var least = offset;
        for (var i = 0; i < shape.size(); i++) {
            var side = shape.get(i);
            if (side < 0) {
                throw new PickleException("a tensor of shape " + shape);
            }
            var reach = Math.multiplyExact(side - 1L, strides.get(i));
            last = Math.addExact(last, Math.max(0, reach));
            least = Math.addExact(least, Math.min(0, reach));
        }
        var outside = size() > 0 && (least < 0 || last >= storage.elements());
        if (outside || size() > storage.elements()) {
            throw new PickleException("a tensor of shape " + shape + ", offset " + offset + " and strides " + strides
                    + " in a storage of " + storage.elements() + " elements");
        }
    }
}
