package io.uad.plugin.engine.dl4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The library's operations that are used, by their native names: those are checked by the native side alone, and write
 * where they are told. Inputs and outputs are dense in C order; the kernels below take the strides of others for those.
 */
final class Ops {
    /** Channels come last, and a weight is {@code [out, in, kernel, kernel]}. */
    private static final long[] WEIGHT_OUT_FIRST = {0, 1, 1};
    /** Channels come last, and a weight is {@code [kernel, kernel, in, out]}. */
    private static final long[] WEIGHT_OUT_LAST = {0, 1, 0};

    private Ops() {}

    /** {@code target = op(left) op(right)}, all matrices. */
    static void multiply(
            INDArray left, boolean transposeLeft, INDArray right, boolean transposeRight, INDArray target) {
        run("matmul", List.of(left, right), target, transposeLeft ? 1 : 0, transposeRight ? 1 : 0, 0);
    }

    /** @param inputs maps, weight {@code [out, in, kernel, kernel]}, and perhaps bias */
    static void convolve(List<INDArray> inputs, int kernel, int stride, int padding, INDArray target) {
        run("conv2d", inputs, target, window(kernel, stride, padding, WEIGHT_OUT_FIRST));
    }

    /** @param inputs maps and weight {@code [kernel, kernel, in, out]} */
    static void convolveOutLast(List<INDArray> inputs, int kernel, int padding, INDArray target) {
        run("conv2d", inputs, target, window(kernel, 1, padding, WEIGHT_OUT_LAST));
    }

    static void maxPool(INDArray input, int kernel, int stride, int padding, INDArray target) {
        run("maxpool2d", List.of(input), target, window(kernel, stride, padding, 0, 0, 1));
    }

    static void maxPoolBackward(
            INDArray input, INDArray gradient, int kernel, int stride, int padding, INDArray target) {
        run("maxpool2d_bp", List.of(input, gradient), target, window(kernel, stride, padding, 0, 0, 1));
    }

    /** Padding counts. */
    static void averagePool(INDArray input, int kernel, int stride, int padding, INDArray target) {
        run("avgpool2d", List.of(input), target, window(kernel, stride, padding, 0, 1, 1));
    }

    static void averagePoolBackward(
            INDArray input, INDArray gradient, int kernel, int stride, int padding, INDArray target) {
        run("avgpool2d_bp", List.of(input, gradient), target, window(kernel, stride, padding, 0, 1, 1));
    }

    /** {@code max(x, 0)}; the target may be the input. */
    static void rectify(INDArray input, INDArray target) {
        exec(operation("relu", List.of(input), target)
                .addFloatingPointArguments(0.0)
                .build());
    }

    /** The gradient where the input was above 0, else 0; the target may be the gradient. */
    static void rectifyBackward(INDArray input, INDArray gradient, INDArray target) {
        run("relu_bp", List.of(input, gradient), target);
    }

    /** The sum; the target may be one of both. */
    static void add(INDArray one, INDArray other, INDArray target) {
        run("add", List.of(one, other), target);
    }

    /** The product value by value; the target may be one of both. */
    static void scale(INDArray one, INDArray other, INDArray target) {
        run("multiply", List.of(one, other), target);
    }

    private static long[] window(int kernel, int stride, int padding, long... rest) {
        var arguments = new long[] {kernel, kernel, stride, stride, padding, padding, 1, 1, 0, 0, 0};
        System.arraycopy(rest, 0, arguments, 8, rest.length);
        return arguments;
    }

    private static void run(String name, List<INDArray> inputs, INDArray target, long... arguments) {
        var operation = operation(name, inputs, target).build();
        operation.addIArgument(arguments);
        exec(operation);
    }

    private static DynamicCustomOp.DynamicCustomOpsBuilder operation(
            String name, List<INDArray> inputs, INDArray target) {
        return DynamicCustomOp.builder(name)
                .addInputs(inputs.toArray(INDArray[]::new))
                .addOutputs(target);
    }

    private static void exec(DynamicCustomOp operation) {
        Nd4j.getExecutioner().exec(operation);
    }
}
