package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The momentum of each trained parameter that has one yet. */
final class Momentum {
    private final Parameters parameters;
    private final NDManager manager;
    private final Transfer transfer;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    Momentum(Parameters parameters, NDManager manager, Transfer transfer) {
        this.parameters = parameters;
        this.manager = manager;
        this.transfer = transfer;
    }

    /** The momentum of a parameter, or null before its first update. */
    @Nullable
    NDArray of(String name) {
        return arrays.get(name);
    }

    /** Keeps a first momentum; the array then belongs to this object. */
    void start(String name, NDArray first) {
        first.attach(manager);
        arrays.put(name, first);
    }

    void forget(String name) {
        var array = arrays.remove(name);
        if (array != null) {
            array.close();
        }
    }

    NamedTensors read() {
        var tensors = new LinkedHashMap<String, Tensor>();
        arrays.forEach((name, array) ->
                tensors.put(name, new Tensor(parameters.expect(name).shape(), Transfer.read(array))));
        return new NamedTensors(tensors);
    }

    /** Makes the given ones all there are, or throws before it changes any. */
    void write(NamedTensors tensors) {
        tensors.asMap().forEach((name, tensor) -> parameters.expectTrained(name, tensor, "a momentum"));
        arrays.values().forEach(NDArray::close);
        arrays.clear();
        tensors.asMap().forEach((name, tensor) -> {
            var shape = Parameters.shape(parameters.expect(name));
            arrays.put(name, transfer.create(tensor.floats(), shape, manager));
        });
    }
}
