package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.uad.api.backbone.Parameter;
import io.uad.plugin.engine.common.ArrayStore;

/** Arrays of a session, which live as long as its manager. */
final class DjlArrays implements ArrayStore<NDArray> {
    private final NDManager manager;
    private final Transfer transfer = new Transfer();

    DjlArrays(NDManager manager) {
        this.manager = manager;
    }

    @Override
    public NDArray create(Parameter parameter, float[] values, boolean trained) {
        var sides = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
        var array = transfer.create(values, new Shape(sides), manager);
        array.setRequiresGradient(trained);
        return array;
    }

    @Override
    public void write(float[] values, NDArray target) {
        transfer.write(values, target);
    }

    @Override
    public float[] read(NDArray source) {
        return Transfer.read(source);
    }

    @Override
    public void close(NDArray array) {
        array.close();
    }

    @Override
    public void clearGradient(NDArray value) {
        JniUtils.zeroGrad((PtNDArray) value);
    }

    @Override
    public float[] readGradient(NDArray value) {
        try (var gradient = value.getGradient()) {
            return Transfer.read(gradient);
        }
    }

    @Override
    public void writeGradient(float[] values, NDArray value) {
        try (var gradient = value.getGradient()) {
            transfer.write(values, gradient);
        }
    }

    @Override
    public double squaredNormOfGradient(NDArray value) {
        try (var own = manager.newSubManager();
                var gradient = value.getGradient()) {
            gradient.attach(own);
            var squared = gradient.square();
            squared.attach(own);
            var sum = squared.sum();
            sum.attach(own);
            return sum.getFloat();
        }
    }

    @Override
    public void scaleGradient(NDArray value, float factor) {
        try (var own = manager.newSubManager();
                var gradient = value.getGradient()) {
            gradient.muli(own.create(factor));
        }
    }
}
