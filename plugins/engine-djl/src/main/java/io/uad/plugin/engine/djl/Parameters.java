package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.backbone.Parameter;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Named arrays of a session: values, momentum, and counters that live on the Java side. */
final class Parameters implements AutoCloseable {
    private final NDManager manager;
    private final Map<String, Parameter> specifications = new LinkedHashMap<>();
    private final Map<String, NDArray> values = new LinkedHashMap<>();
    private final Map<String, Long> counters = new LinkedHashMap<>();
    private final Map<String, NDArray> momentum = new LinkedHashMap<>();

    Parameters(List<Parameter> parameters, NamedTensors state, NDManager manager) {
        this.manager = manager;
        for (var parameter : parameters) {
            specifications.put(parameter.name(), parameter);
            if (!state.has(parameter.name())) {
                throw UadException.data(
                        "tensor " + parameter.name() + " is missing",
                        "the network's state",
                        "every parameter of the backbone",
                        "Use a checkpoint of the same backbone");
            }
            set(parameter, state.get(parameter.name()));
        }
    }

    NDArray value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return value;
    }

    Iterable<Parameter> all() {
        return List.copyOf(specifications.values());
    }

    @Nullable
    Parameter specification(String name) {
        return specifications.get(name);
    }

    void count(String counter) {
        counters.merge(counter, 1L, Long::sum);
    }

    /** The momentum of a parameter, or null before its first update. */
    @Nullable
    NDArray momentum(String name) {
        return momentum.get(name);
    }

    /** Keeps a first momentum; the array then belongs to this object. */
    void startMomentum(String name, NDArray first) {
        first.attach(manager);
        momentum.put(name, first);
    }

    void clearMomentum() {
        momentum.values().forEach(NDArray::close);
        momentum.clear();
    }

    void setMomentum(String name, Tensor tensor) {
        var parameter = expect(name);
        check(parameter, tensor);
        momentum.put(name, manager.create(tensor.floats(), shape(parameter)));
    }

    NamedTensors read() {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : specifications.values()) {
            tensors.put(
                    parameter.name(),
                    parameter.role() == Parameter.Role.COUNTER
                            ? Tensor.of(new long[] {counters.getOrDefault(parameter.name(), 0L)})
                            : new Tensor(
                                    parameter.shape(), value(parameter.name()).toFloatArray()));
        }
        return new NamedTensors(tensors);
    }

    NamedTensors readMomentum() {
        var tensors = new LinkedHashMap<String, Tensor>();
        momentum.forEach(
                (name, array) -> tensors.put(name, new Tensor(expect(name).shape(), array.toFloatArray())));
        return new NamedTensors(tensors);
    }

    NamedTensors readGradients() {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : specifications.values()) {
            if (parameter.trained()) {
                try (var gradient = value(parameter.name()).getGradient()) {
                    tensors.put(parameter.name(), new Tensor(parameter.shape(), gradient.toFloatArray()));
                }
            }
        }
        return new NamedTensors(tensors);
    }

    void writeGradient(String name, Tensor tensor) {
        var parameter = expect(name);
        check(parameter, tensor);
        try (var gradient = value(name).getGradient()) {
            gradient.set(FloatBuffer.wrap(tensor.floats()));
        }
    }

    /** Replaces a value in place, or makes it. */
    void set(Parameter parameter, Tensor tensor) {
        check(parameter, tensor);
        specifications.put(parameter.name(), parameter);
        if (parameter.role() == Parameter.Role.COUNTER) {
            counters.put(parameter.name(), tensor.longs()[0]);
            return;
        }
        var present = values.get(parameter.name());
        if (present == null) {
            var array = manager.create(tensor.floats(), shape(parameter));
            array.setRequiresGradient(parameter.trained());
            values.put(parameter.name(), array);
        } else {
            present.set(FloatBuffer.wrap(tensor.floats()));
        }
    }

    void remove(String name) {
        specifications.remove(name);
        close(values.remove(name));
        close(momentum.remove(name));
    }

    Parameter expect(String name) {
        var parameter = specifications.get(name);
        if (parameter == null) {
            throw UadException.data(
                    "tensor " + name + " is unknown",
                    "the network's state",
                    "one of " + new ArrayList<>(specifications.keySet()),
                    "Use a checkpoint of the same backbone");
        }
        return parameter;
    }

    private static void check(Parameter parameter, Tensor tensor) {
        if (!tensor.shape().equals(parameter.shape())) {
            throw UadException.data(
                    "tensor " + parameter.name() + " has the shape " + tensor.shape(),
                    "the network's state",
                    "" + parameter.shape(),
                    "Use a checkpoint of the same backbone, image size and options");
        }
    }

    private static Shape shape(Parameter parameter) {
        return new Shape(
                parameter.shape().stream().mapToLong(Integer::longValue).toArray());
    }

    private static void close(@Nullable NDArray array) {
        if (array != null) {
            array.close();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
