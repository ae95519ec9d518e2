package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.StepOutcome;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.plugin.engine.common.ArrayState;
import io.uad.plugin.engine.common.Exhausted;
import io.uad.plugin.engine.common.Gradients;
import io.uad.plugin.engine.common.Head;
import io.uad.plugin.engine.common.Parameters;
import io.uad.plugin.engine.common.StepBuffers;
import java.util.List;

/** One network with its weights. */
final class DjlSession implements TrainingSession {
    private final Network network;
    private final NDManager manager;
    private final ArrayState<NDArray> state;
    private final Parameters<NDArray> parameters;
    private final Gradients<NDArray> gradients;
    private final Head head;
    private final StepBuffers buffers = new StepBuffers(Native.ENGINE);

    /**
     * @param manager the session's own; the caller closes it if this throws
     */
    DjlSession(Network network, NamedTensors state, NDManager manager) {
        this.network = network;
        this.manager = manager;
        this.state = new ArrayState<>(network, state, new DjlArrays(manager), Native::withoutGradient);
        this.parameters = this.state.parameters();
        this.gradients = this.state.gradients();
        this.head = this.state.head();
    }

    @Override
    public List<Activation> forward(Batch batch, List<TapSelection> selections) {
        return Native.withoutGradient(
                () -> "forwarding " + batch.size() + " samples",
                fitting(batch.size()),
                () -> activations(batch, selections));
    }

    private Exhausted fitting(int batch) {
        return head.exhausted(Native.ENGINE, batch, () -> Devices.of(manager.getDevice()));
    }

    private List<Activation> activations(Batch batch, List<TapSelection> selections) {
        try (var step = manager.newSubManager()) {
            return Forward.evaluating(parameters).read(upload(step, batch), network, head, selections);
        }
    }

    @Override
    public StepOutcome backward(LabelledBatch batch, DropoutSeed dropout) {
        var labels = head.labels(batch);
        return Native.call(
                () -> "a training step of " + labels.length + " samples",
                fitting(labels.length),
                () -> backward(batch, labels, dropout));
    }

    private StepOutcome backward(LabelledBatch batch, long[] labels, DropoutSeed dropout) {
        gradients.clear();
        try (var step = manager.newSubManager();
                var collector = manager.getEngine().newGradientCollector()) {
            var x = upload(step, batch.inputs());
            var forward = Forward.training(parameters, dropout, buffers);
            var logits = forward.linear(forward.run(x, network.layers()), network.head());
            var y = step.create(labels, new Shape(labels.length, 1));
            var losses =
                    logits.logSoftmax(1).gather(y, 1).reshape(labels.length).neg();
            var loss = losses.mul(step.create(batch.weights())).mean();
            collector.backward(loss);
            gradients.arrive();
            return new StepOutcome(loss.getFloat(), correct(logits, labels));
        }
    }

    @Override
    public void update(Sgd body, Sgd head, double maxGradientNorm) {
        gradients.require();
        Native.withoutGradient(() -> "updating the weights", () -> {
            gradients.clip(maxGradientNorm);
            try (var step = manager.newSubManager()) {
                var bodys = new SgdUpdate(body, step);
                var heads = new SgdUpdate(head, step);
                var headNames = this.head.names();
                for (var parameter : parameters.all()) {
                    if (parameter.trained()) {
                        var rule = headNames.contains(parameter.name()) ? heads : bodys;
                        rule.apply(parameter.name(), parameters, state.momentum(), manager);
                    }
                }
            }
            return this;
        });
    }

    @Override
    public void replaceHead(int classes, float[] weight, float[] bias) {
        Native.withoutGradient(() -> "installing a head of " + classes + " classes", () -> {
            head.replace(classes, weight, bias);
            return this;
        });
    }

    @Override
    public SessionState state() {
        return state;
    }

    @Override
    public void close() {
        manager.close();
    }

    private static int correct(NDArray logits, long[] labels) {
        var largest = logits.argMax(1).toLongArray();
        var correct = 0;
        for (var i = 0; i < labels.length; i++) {
            correct += largest[i] == labels[i] ? 1 : 0;
        }
        return correct;
    }

    /** Copies a batch to the device: the first buffer of the step. */
    private NDArray upload(NDManager step, Batch batch) {
        buffers.rewind();
        var shape = batch.shape();
        var bytes = buffers.next(batch.size(), shape.size());
        batch.writeTo(bytes.asFloatBuffer());
        var sides = network.input().equals(shape) && shape.height() == 1 && shape.width() == 1
                ? new Shape(batch.size(), shape.channels())
                : new Shape(batch.size(), shape.channels(), shape.height(), shape.width());
        return step.create(bytes, sides, DataType.FLOAT32);
    }
}
