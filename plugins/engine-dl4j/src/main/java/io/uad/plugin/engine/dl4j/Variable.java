package io.uad.plugin.engine.dl4j;

import io.uad.api.Tensor;
import io.uad.api.backbone.Parameter;
import io.uad.api.backbone.Parameter.Role;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A parameter with its value, and with a gradient and a momentum as soon as it has them, in native memory. */
final class Variable implements AutoCloseable {
    private static final int VALUES_PER_BLOCK = 1 << 14;

    private final Parameter parameter;
    private final Map<Kind, INDArray> arrays = new EnumMap<>(Kind.class); // vectors
    private boolean hasGradient;
    private long count; // of a counter, instead of a value

    Variable(Parameter parameter) {
        this.parameter = parameter;
    }

    String name() {
        return parameter.name();
    }

    boolean isTrained() {
        return parameter.trained();
    }

    /** The length of a side of its shape. */
    int side(int axis) {
        return parameter.shape().get(axis);
    }

    /** The value as {@code [first side, rest]}, the memory itself. */
    INDArray matrix() {
        return matrix(Kind.WEIGHTS);
    }

    /** Where a backward pass puts the gradient, as {@code [first side, rest]}: whatever was there is overwritten. */
    INDArray gradientMatrix() {
        hasGradient = true;
        return matrix(Kind.GRADIENTS);
    }

    private INDArray matrix(Kind kind) {
        var rows = side(0);
        return Floats.matrix(array(kind), 0, rows, parameter.size() / rows);
    }

    /** The value as an array of its shape, the memory itself. */
    INDArray shaped() {
        var sides = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
        return array(Kind.WEIGHTS).reshape('c', sides);
    }

    /** The value as a vector, the memory itself. */
    INDArray vector() {
        return array(Kind.WEIGHTS);
    }

    float[] read() {
        return Floats.read(array(Kind.WEIGHTS));
    }

    void write(float[] values) {
        put(Kind.WEIGHTS, values);
    }

    void writeGradient(float[] values) {
        hasGradient = true;
        put(Kind.GRADIENTS, values);
    }

    void increment() {
        count++;
    }

    /** In double; sums of blocks, in their order. */
    double squaredGradient(Workers workers) {
        var sums = new double[blocks()];
        workers.forEach(sums.length, block -> {
            var slopes = block(0, Kind.GRADIENTS, block);
            for (var i = 0; i < length(block); i++) {
                sums[block] += (double) slopes[i] * slopes[i];
            }
        });
        var sum = 0.0;
        for (var part : sums) {
            sum += part;
        }
        return sum;
    }

    /**
     * One step with the gradient there is, in PyTorch's form, which the library's updaters do not know.
     *
     * @param factor by which the gradient is first multiplied
     */
    void update(Sgd rule, double factor, Workers workers) {
        var rate = (float) rule.learningRate();
        var decay = (float) rule.weightDecay();
        var kept = (float) rule.momentum();
        var scale = (float) factor;
        var isFirst = !arrays.containsKey(Kind.MOMENTUM);
        if (kept > 0) {
            array(Kind.MOMENTUM);
        }
        workers.forEach(blocks(), block -> {
            var length = length(block);
            var values = block(0, Kind.WEIGHTS, block);
            var velocity = block(1, Kind.GRADIENTS, block);
            for (var i = 0; i < length; i++) {
                velocity[i] = velocity[i] * scale + decay * values[i];
            }
            if (kept > 0) {
                if (!isFirst) {
                    var before = block(2, Kind.MOMENTUM, block);
                    for (var i = 0; i < length; i++) {
                        velocity[i] += kept * before[i];
                    }
                }
                put(Kind.MOMENTUM, block, velocity);
            }
            for (var i = 0; i < length; i++) {
                values[i] -= rate * velocity[i];
            }
            put(Kind.WEIGHTS, block, values);
        });
    }

    private int blocks() {
        return (parameter.size() + VALUES_PER_BLOCK - 1) / VALUES_PER_BLOCK;
    }

    private int length(int block) {
        return Math.min(VALUES_PER_BLOCK, parameter.size() - block * VALUES_PER_BLOCK);
    }

    private float[] block(int slot, Kind kind, int block) {
        var values = Workers.scratch(slot, VALUES_PER_BLOCK);
        Floats.read(array(kind), (long) block * VALUES_PER_BLOCK, values, 0, length(block));
        return values;
    }

    private void put(Kind kind, int block, float[] values) {
        Floats.write(array(kind), (long) block * VALUES_PER_BLOCK, values, 0, length(block));
    }

    void forgetMomentum() {
        var momentum = arrays.remove(Kind.MOMENTUM);
        if (momentum != null) {
            momentum.close();
        }
    }

    /** Whether there is something to read. */
    boolean has(Kind kind) {
        return switch (kind) {
            case WEIGHTS -> true;
            case MOMENTUM -> arrays.containsKey(kind);
            case GRADIENTS -> hasGradient;
        };
    }

    /** Until the next backward pass there is none. */
    void loseGradient() {
        hasGradient = false;
    }

    /** A copy. */
    Tensor read(Kind kind) {
        return parameter.role() == Role.COUNTER
                ? Tensor.of(new long[] {count})
                : new Tensor(parameter.shape(), Floats.read(array(kind)));
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
        } else {
            put(kind, tensor.floats());
        }
    }

    /** Type and shape, for messages. */
    String form() {
        return (parameter.role() == Role.COUNTER ? "long" : "float") + parameter.shape();
    }

    @Override
    public void close() {
        new ArrayList<>(arrays.values()).forEach(INDArray::close);
        arrays.clear();
    }

    private void put(Kind kind, float[] values) {
        Floats.write(array(kind), 0, values, 0, values.length);
    }

    /** Made when it is first asked for, with any values. */
    private INDArray array(Kind kind) {
        return arrays.computeIfAbsent(kind, made -> Floats.allocate(parameter.size()));
    }
}
