package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDManager;
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

    /** Scales all of them down to a norm of {@code most}, if theirs is larger. Without gradient mode only. */
    void clip(double most, NDManager manager) {
        if (!(most > 0)) {
            throw new IllegalArgumentException("the largest norm must be above 0, was " + most);
        }
        if (Double.isInfinite(most)) {
            return;
        }
        try (var step = manager.newSubManager()) {
            var trained = parameters.all().stream().filter(Parameter::trained).toList();
            var squares = 0.0;
            for (var parameter : trained) {
                squares += squares(parameter, step);
            }
            var norm = Math.sqrt(squares);
            if (norm > most) {
                var factor = step.create((float) (most / (norm + 1e-6)));
                for (var parameter : trained) {
                    try (var gradient = parameters.value(parameter.name()).getGradient()) {
                        gradient.muli(factor);
                    }
                }
            }
        }
    }

    private double squares(Parameter parameter, NDManager step) {
        try (var own = step.newSubManager();
                var gradient = parameters.value(parameter.name()).getGradient()) {
            gradient.attach(own);
            var squared = gradient.square();
            squared.attach(own);
            var sum = squared.sum();
            sum.attach(own);
            return sum.getFloat();
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
