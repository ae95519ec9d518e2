package io.uad.exchange.torch;

import io.uad.runtime.checkpoint.Dtype;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;
import org.jspecify.annotations.Nullable;

/**
 * The class of a storage, which a pickle names and never calls.
 *
 * @param name such as {@code FloatStorage}
 * @param bytes of one element
 * @param dtype how elements are read; null for those that no network's state consists of
 */
record StorageType(String name, int bytes, @Nullable Dtype dtype) implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
        throw new PickleException("it calls torch." + name);
    }
}
