package io.uad.plugin.engine.common;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.backbone.Parameter;
import java.util.LinkedHashMap;
import java.util.stream.Stream;

/**
 * The gradients of the trained parameters. The library keeps them beside the values.
 *
 * @param <A> the library's array
 */
public final class Gradients<A> {
    private final Parameters<A> parameters;
    private final ArrayStore<A> arrays;
    private boolean present;

    Gradients(Parameters<A> parameters, ArrayStore<A> arrays) {
        this.parameters = parameters;
        this.arrays = arrays;
    }

    /** Says that there are none until {@link #arrive}. */
    public void clear() {
        present = false;
        trained().forEach(parameter -> arrays.clearGradient(parameters.value(parameter.name())));
    }

    /** Says that a backward pass has computed all of them. */
    public void arrive() {
        present = true;
    }

    /** Says that a parameter without one has come. */
    void lose() {
        present = false;
    }

    /**
     * Checks that there are some.
     *
     * @throws IllegalStateException if not
     */
    public void require() {
        if (!present) {
            throw new IllegalStateException("no gradients yet: backward must come first, and again after a new head");
        }
    }

    /** Scales all of them down to a norm of {@code most}, if theirs is larger. */
    public void clip(double most) {
        if (!(most > 0)) {
            throw new IllegalArgumentException("the largest norm must be above 0, was " + most);
        }
        if (Double.isInfinite(most)) {
            return;
        }
        var norm = Math.sqrt(trained()
                .mapToDouble(parameter -> arrays.squaredNormOfGradient(parameters.value(parameter.name())))
                .sum());
        if (norm > most) {
            var factor = (float) (most / (norm + 1e-6));
            trained().forEach(parameter -> arrays.scaleGradient(parameters.value(parameter.name()), factor));
        }
    }

    NamedTensors read() {
        var tensors = new LinkedHashMap<String, Tensor>();
        if (present) {
            trained().forEach(parameter -> tensors.put(parameter.name(), read(parameter)));
        }
        return new NamedTensors(tensors);
    }

    /** Replaces the given ones, or throws before it changes any. */
    void write(NamedTensors tensors) {
        require();
        tensors.asMap().forEach((name, tensor) -> parameters.expectTrained(name, tensor, "a gradient"));
        tensors.asMap().forEach((name, tensor) -> arrays.writeGradient(tensor.floats(), parameters.value(name)));
    }

    private Tensor read(Parameter parameter) {
        return new Tensor(parameter.shape(), arrays.readGradient(parameters.value(parameter.name())));
    }

    private Stream<Parameter> trained() {
        return parameters.all().stream().filter(Parameter::trained);
    }
}
