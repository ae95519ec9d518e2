package io.uad.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tensors by name, in a fixed order: the state of a network, of an optimizer or of a fitted reduction.
 *
 * @since 0.1
 */
public final class NamedTensors {
    private final Map<String, Tensor> tensors;

    /** Copies the map, not the arrays. */
    public NamedTensors(Map<String, Tensor> tensors) {
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** No tensors. */
    public static NamedTensors empty() {
        return new NamedTensors(Map.of());
    }

    /** The names, in order; unmodifiable. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** Whether there is a tensor of that name. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /**
     * The tensor of that name; its array is shared, not copied.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor get(String name) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name + " among " + tensors.keySet());
        }
        return tensor;
    }

    /** An unmodifiable view, in order. */
    public Map<String, Tensor> asMap() {
        return tensors;
    }

    /** These tensors under longer names; the arrays are shared. */
    public NamedTensors prefixed(String prefix) {
        var renamed = new LinkedHashMap<String, Tensor>();
        tensors.forEach((name, tensor) -> renamed.put(prefix + name, tensor));
        return new NamedTensors(renamed);
    }

    /** Those whose names start so, with that start cut off; the arrays are shared. */
    public NamedTensors withPrefix(String prefix) {
        var chosen = new LinkedHashMap<String, Tensor>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                chosen.put(name.substring(prefix.length()), tensor);
            }
        });
        return new NamedTensors(chosen);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamedTensors that && tensors.equals(that.tensors);
    }

    @Override
    public int hashCode() {
        return tensors.hashCode();
    }

    @Override
    public String toString() {
        return tensors.toString();
    }
}
