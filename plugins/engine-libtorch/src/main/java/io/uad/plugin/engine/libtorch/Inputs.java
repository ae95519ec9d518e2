package io.uad.plugin.engine.libtorch;

import io.uad.api.Batch;
import io.uad.api.TensorShape;
import io.uad.api.image.ImageBatch;
import io.uad.plugin.engine.common.StepBuffers;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Brings the inputs of a session to its device. */
final class Inputs implements AutoCloseable {
    private final TensorShape shape;
    private final LibtorchDevice device;
    private final Arithmetic arithmetic;
    private final boolean takesViews;
    private final DeviceViews views;
    private final StepBuffers buffers;
    private final AheadInputs ahead;

    /**
     * @param shape of a sample
     * @param takesViews whether views of images are taken on the device, and may come ahead of their step
     * @param buffers of the step, of which floats take the first one
     */
    Inputs(TensorShape shape, LibtorchDevice device, Arithmetic arithmetic, boolean takesViews, StepBuffers buffers) {
        this.shape = shape;
        this.device = device;
        this.arithmetic = arithmetic;
        this.takesViews = takesViews;
        this.views = new DeviceViews(device.transfer());
        this.buffers = buffers;
        this.ahead = new AheadInputs(device, this::taken);
    }

    /** Begins to bring a batch to the device that comes later, if that can be done beside other work. */
    void prepare(Batch batch) {
        if (takesViews && batch instanceof ImageBatch images) {
            ahead.begin(images);
        }
    }

    /** A batch on the device, as the network takes it; lives as long as the scope. Begins a step. */
    Tensor of(Batch batch) {
        buffers.rewind();
        if (takesViews && batch instanceof ImageBatch images) {
            return ahead.take(images).orElseGet(() -> taken(images));
        }
        return arithmetic.ordered(device.transfer().toDevice(floats(batch)));
    }

    private Tensor taken(ImageBatch batch) {
        return arithmetic.ordered(views.of(batch));
    }

    private Tensor floats(Batch batch) {
        var sample = batch.shape();
        var floats = buffers.next(batch.size(), sample.size()).asFloatBuffer();
        batch.writeTo(floats);
        floats.rewind();
        var blob = new FloatPointer(floats);
        return shape.equals(sample) && sample.height() == 1 && sample.width() == 1
                ? torch.from_blob(blob, batch.size(), sample.channels())
                : torch.from_blob(blob, batch.size(), sample.channels(), sample.height(), sample.width());
    }

    @Override
    public void close() {
        ahead.close();
    }
}
