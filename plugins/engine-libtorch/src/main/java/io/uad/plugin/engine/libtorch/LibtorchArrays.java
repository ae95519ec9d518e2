package io.uad.plugin.engine.libtorch;

import io.uad.api.backbone.Parameter;
import io.uad.plugin.engine.common.ArrayStore;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors of a session, which live until they or the session are closed, not as long as a call. */
final class LibtorchArrays implements ArrayStore<Tensor>, AutoCloseable {
    private final Transfer transfer;
    private final Arithmetic arithmetic;
    private final Set<Tensor> kept = Collections.newSetFromMap(new IdentityHashMap<>());

    LibtorchArrays(Transfer transfer, Arithmetic arithmetic) {
        this.transfer = transfer;
        this.arithmetic = arithmetic;
    }

    @Override
    public Tensor create(Parameter parameter, float[] values, boolean trained) {
        var sides = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
        var tensor = arithmetic.ordered(transfer.create(values, sides));
        tensor.set_requires_grad(trained);
        return keep(tensor);
    }

    /** Makes a tensor outlive the call. */
    Tensor keep(Tensor tensor) {
        kept.add(tensor.retainReference());
        return tensor;
    }

    @Override
    public void write(float[] values, Tensor target) {
        Transfer.write(values, target);
    }

    @Override
    public float[] read(Tensor source) {
        return Transfer.read(source);
    }

    @Override
    public void close(Tensor tensor) {
        if (kept.remove(tensor)) {
            tensor.close();
        }
    }

    /** Takes it away: the next backward pass then hands over its own tensor instead of adding to this one. */
    @Override
    public void clearGradient(Tensor value) {
        value.mutable_grad().reset();
    }

    @Override
    public float[] readGradient(Tensor value) {
        return Transfer.read(value.grad());
    }

    @Override
    public void writeGradient(float[] values, Tensor value) {
        Transfer.write(values, value.grad());
    }

    @Override
    public double squaredNormOfGradient(Tensor value) {
        return value.grad()
                .square()
                .sum(new ScalarTypeOptional(ScalarType.Double))
                .item_double();
    }

    @Override
    public void scaleGradient(Tensor value, float factor) {
        value.grad().mul_(new Scalar(factor));
    }

    @Override
    public void close() {
        kept.forEach(Tensor::close);
        kept.clear();
    }
}
