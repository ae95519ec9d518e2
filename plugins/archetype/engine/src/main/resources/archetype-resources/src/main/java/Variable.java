package ${package};

import io.uad.api.Tensor;
import io.uad.api.backbone.Parameter;
import io.uad.api.backbone.Parameter.Role;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;

/** A parameter with its value, and with a gradient and a momentum as soon as it has them. */
final class Variable {
    private static final float[] NONE = {};

    private final Parameter parameter;
    private final float[] value;
    private float[] gradient = NONE;
    private float[] momentum = NONE;
    private long count; // of a counter, instead of a value

    Variable(Parameter parameter) {
        this.parameter = parameter;
        this.value = parameter.role() == Role.COUNTER ? NONE : new float[parameter.size()];
    }

    String name() {
        return parameter.name();
    }

    boolean isTrained() {
        return parameter.trained();
    }

    /** The values themselves. */
    float[] value() {
        return value;
    }

    /** A copy of the values, a row for each output. */
    float[][] rows() {
        return Matrices.rows(value, value.length / parameter.shape().get(0));
    }

    /** Where a backward pass puts the gradient: whatever was there before is overwritten. */
    float[] gradient() {
        if (gradient.length == 0) {
            gradient = new float[value.length];
        }
        return gradient;
    }

    void increment() {
        count++;
    }

    double squaredGradient() {
        var sum = 0.0;
        for (var slope : gradient) {
            sum += (double) slope * slope;
        }
        return sum;
    }

    void scaleGradient(double factor) {
        for (var i = 0; i < gradient.length; i++) {
            gradient[i] *= (float) factor;
        }
    }

    /** One step with the gradient there is. */
    void update(Sgd rule) {
        var rate = (float) rule.learningRate();
        var decay = (float) rule.weightDecay();
        if (rule.momentum() == 0) {
            for (var i = 0; i < value.length; i++) {
                value[i] -= rate * (gradient[i] + decay * value[i]);
            }
            return;
        }
        var kept = (float) rule.momentum();
        if (momentum.length == 0) {
            momentum = new float[value.length]; // 0 is as good as none: v = momentum * 0 + g
        }
        for (var i = 0; i < value.length; i++) {
            momentum[i] = kept * momentum[i] + (gradient[i] + decay * value[i]);
            value[i] -= rate * momentum[i];
        }
    }

    void forgetMomentum() {
        momentum = NONE;
    }

    /** Whether there is something to read. */
    boolean has(Kind kind) {
        return kind == Kind.WEIGHTS || array(kind).length > 0;
    }

    /** A copy. */
    Tensor read(Kind kind) {
        return parameter.role() == Role.COUNTER
                ? Tensor.of(new long[] {count})
                : new Tensor(parameter.shape(), array(kind).clone());
    }

    /** Whether a tensor can be written; gradients and momentum belong to trained parameters only. */
    boolean fits(Kind kind, Tensor tensor) {
        var isOfType = parameter.role() == Role.COUNTER
                ? tensor.values() instanceof long[]
                : tensor.values() instanceof float[];
        return isOfType && tensor.shape().equals(parameter.shape()) && (kind == Kind.WEIGHTS || isTrained());
    }

    /** Copies a tensor that fits. */
    void write(Kind kind, Tensor tensor) {
        if (parameter.role() == Role.COUNTER) {
            count = tensor.longs()[0];
            return;
        }
        switch (kind) {
            case WEIGHTS -> System.arraycopy(tensor.floats(), 0, value, 0, value.length);
            case MOMENTUM -> momentum = tensor.floats().clone();
            case GRADIENTS -> gradient = tensor.floats().clone();
        }
    }

    /** Type and shape, for messages. */
    String form() {
        return (parameter.role() == Role.COUNTER ? "long" : "float") + parameter.shape();
    }

    private float[] array(Kind kind) {
        return switch (kind) {
            case WEIGHTS -> value;
            case MOMENTUM -> momentum;
            case GRADIENTS -> gradient;
        };
    }
}
