package io.uad.plugin.engine.common;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.backbone.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The named values of a session, and counters, which live on the Java side.
 *
 * @param <A> the library's array
 */
public final class Parameters<A> {
    private final ArrayStore<A> arrays;
    private final Map<String, Parameter> specifications = new LinkedHashMap<>();
    private final Map<String, A> values = new LinkedHashMap<>();
    private final Map<String, Long> counters = new LinkedHashMap<>();

    /**
     * Copies a state to the library.
     *
     * @throws UadException of kind DATA if the state lacks a parameter, or one has another shape
     */
    Parameters(List<Parameter> parameters, NamedTensors state, ArrayStore<A> arrays) {
        this.arrays = arrays;
        for (var parameter : parameters) {
            if (!state.has(parameter.name())) {
                throw missing(parameter.name());
            }
            set(parameter, state.get(parameter.name()));
        }
    }

    /**
     * A value.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public A value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return value;
    }

    /** A view, in the order of the state dict. */
    public Collection<Parameter> all() {
        return Collections.unmodifiableCollection(specifications.values());
    }

    /** Adds one to a counter. */
    public void count(String counter) {
        counters.merge(counter, 1L, Long::sum);
    }

    NamedTensors read() {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : specifications.values()) {
            tensors.put(
                    parameter.name(),
                    parameter.role() == Parameter.Role.COUNTER
                            ? Tensor.of(new long[] {counters.getOrDefault(parameter.name(), 0L)})
                            : new Tensor(parameter.shape(), arrays.read(value(parameter.name()))));
        }
        return new NamedTensors(tensors);
    }

    /** Replaces a value in place, or makes it. */
    void set(Parameter parameter, Tensor tensor) {
        check(parameter, tensor);
        if (parameter.role() == Parameter.Role.COUNTER) {
            counters.put(parameter.name(), tensor.longs()[0]);
        } else if (values.containsKey(parameter.name())) {
            arrays.write(tensor.floats(), value(parameter.name()));
        } else {
            values.put(parameter.name(), arrays.create(parameter, tensor.floats(), parameter.trained()));
        }
        specifications.put(parameter.name(), parameter);
    }

    void remove(String name) {
        specifications.remove(name);
        var array = values.remove(name);
        if (array != null) {
            arrays.close(array);
        }
    }

    /**
     * The parameter of that name.
     *
     * @throws UadException of kind DATA if there is none
     */
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

    /**
     * The trained parameter of that name, after a look whether a momentum or gradient fits it.
     *
     * @param what "a momentum" or "a gradient"
     * @throws UadException of kind DATA if it is unknown, not trained or of another shape
     */
    Parameter expectTrained(String name, Tensor tensor, String what) {
        var parameter = expect(name);
        if (!parameter.trained()) {
            throw UadException.data(
                    name + " cannot have " + what,
                    "the network's state",
                    "a parameter that is trained",
                    "Use a checkpoint of the same backbone");
        }
        check(parameter, tensor);
        return parameter;
    }

    /**
     * Whether a tensor can be a parameter's value.
     *
     * @throws UadException of kind DATA if shape or type differ
     */
    static void check(Parameter parameter, Tensor tensor) {
        var fits = parameter.role() == Parameter.Role.COUNTER
                ? tensor.values() instanceof long[]
                : tensor.values() instanceof float[];
        if (!fits || !tensor.shape().equals(parameter.shape())) {
            throw UadException.data(
                    "tensor " + parameter.name() + " is " + tensor,
                    "the network's state",
                    (parameter.role() == Parameter.Role.COUNTER ? "long" : "float") + parameter.shape(),
                    "Use a checkpoint of the same backbone, image size and options");
        }
    }

    static UadException missing(String name) {
        return UadException.data(
                "tensor " + name + " is missing",
                "the network's state",
                "every parameter of the backbone, and the head's two or none",
                "Use a checkpoint of the same backbone");
    }
}
