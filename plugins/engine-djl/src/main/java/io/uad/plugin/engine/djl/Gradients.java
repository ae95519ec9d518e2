package io.uad.plugin.engine.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.backbone.Parameter;
import java.util.LinkedHashMap;

/** The gradients of the trained parameters. The library keeps them beside the values. */
final class Gradients {
    private final Parameters parameters;
    private final Transfer transfer;
    private boolean present;

    Gradients(Parameters parameters, Transfer transfer) {
        this.parameters = parameters;
        this.transfer = transfer;
    }

    /** Zeroes them; there are none until {@link #arrive}. */
    void clear() {
        present = false;
        for (var parameter : parameters.all()) {
            if (parameter.trained()) {
                JniUtils.zeroGrad((PtNDArray) parameters.value(parameter.name()));
            }
        }
    }

    /** Says that a backward pass has computed all of them. */
    void arrive() {
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
    void require() {
        if (!present) {
            throw new IllegalStateException("no gradients yet: backward must come first, and again after a new head");
        }
    }

    NamedTensors read() {
        var tensors = new LinkedHashMap<String, Tensor>();
        if (present) {
            parameters.all().stream()
                    .filter(Parameter::trained)
                    .forEach(parameter -> tensors.put(parameter.name(), read(parameter)));
        }
        return new NamedTensors(tensors);
    }

    /** Replaces the given ones, or throws before it changes any. */
    void write(NamedTensors tensors) {
        require();
        tensors.asMap().forEach((name, tensor) -> parameters.expectTrained(name, tensor, "a gradient"));
        tensors.asMap().forEach((name, tensor) -> {
            try (var gradient = parameters.value(name).getGradient()) {
                transfer.write(tensor.floats(), gradient);
            }
        });
    }

    private Tensor read(Parameter parameter) {
        try (var gradient = parameters.value(parameter.name()).getGradient()) {
            return new Tensor(parameter.shape(), Transfer.read(gradient));
        }
    }
}
