package io.uad.plugin.engine.common;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The momentum of each trained parameter that has one yet.
 *
 * @param <A> the library's array
 */
public final class Momentum<A> {
    private final Parameters<A> parameters;
    private final ArrayStore<A> arrays;
    private final Map<String, A> values = new LinkedHashMap<>();

    Momentum(Parameters<A> parameters, ArrayStore<A> arrays) {
        this.parameters = parameters;
        this.arrays = arrays;
    }

    /** The momentum of a parameter, or null before its first update. */
    public @Nullable A of(String name) {
        return values.get(name);
    }

    /** Keeps a first momentum; the array then belongs to this object. */
    public void start(String name, A first) {
        values.put(name, first);
    }

    void forget(String name) {
        var array = values.remove(name);
        if (array != null) {
            arrays.close(array);
        }
    }

    NamedTensors read() {
        var tensors = new LinkedHashMap<String, Tensor>();
        values.forEach((name, array) ->
                tensors.put(name, new Tensor(parameters.expect(name).shape(), arrays.read(array))));
        return new NamedTensors(tensors);
    }

    /** Makes the given ones all there are, or throws before it changes any. */
    void write(NamedTensors tensors) {
        tensors.asMap().forEach((name, tensor) -> parameters.expectTrained(name, tensor, "a momentum"));
        values.values().forEach(arrays::close);
        values.clear();
        tensors.asMap()
                .forEach((name, tensor) ->
                        values.put(name, arrays.create(parameters.expect(name), tensor.floats(), false)));
    }
}
