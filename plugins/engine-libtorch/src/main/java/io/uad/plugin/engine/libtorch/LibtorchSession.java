package io.uad.plugin.engine.libtorch;

import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
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
import io.uad.plugin.engine.common.StepBuffers;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** One network with its weights. */
final class LibtorchSession implements TrainingSession {
    private final Network network;
    private final LibtorchDevice device;
    private final Inputs inputs;
    private final Transfer transfer;
    private final Arithmetic arithmetic;
    private final LibtorchArrays arrays;
    private final ArrayState<Tensor> state;
    private final StepBuffers buffers = new StepBuffers(Native.ENGINE);
    private final @Nullable JointSteps joint;
    private final Consumer<LibtorchSession> closed;

    private LibtorchSession(
            Network network,
            NamedTensors state,
            LibtorchDevice device,
            Arithmetic arithmetic,
            boolean takesViews,
            LibtorchArrays arrays,
            @Nullable LibtorchGroup group,
            Consumer<LibtorchSession> closed) {
        this.network = network;
        this.device = device;
        this.transfer = device.transfer();
        this.arithmetic = arithmetic;
        this.inputs = new Inputs(network.input(), device, arithmetic, takesViews, buffers);
        this.arrays = arrays;
        this.state = new ArrayState<>(network, state, arrays, Native::withoutGradient);
        this.joint = group == null ? null : new JointSteps(group);
        this.closed = closed;
    }

    /**
     * Compiles a network; without gradient mode only.
     *
     * @param takesViews whether views of images are taken on the device
     * @param group whose processes train it together; null for this one alone
     * @param closed is told when the session is closed
     */
    static LibtorchSession open(
            Network network,
            NamedTensors state,
            LibtorchDevice device,
            Arithmetic arithmetic,
            boolean takesViews,
            @Nullable LibtorchGroup group,
            Consumer<LibtorchSession> closed) {
        var arrays = new LibtorchArrays(device.transfer(), arithmetic);
        try {
            return new LibtorchSession(network, state, device, arithmetic, takesViews, arrays, group, closed);
        } catch (RuntimeException | Error e) {
            arrays.close();
            throw e;
        }
    }

    @Override
    public void prepare(Batch batch) {
        inputs.prepare(batch);
    }

    @Override
    public List<Activation> forward(Batch batch, List<TapSelection> selections) {
        return Native.withoutGradient(
                () -> "forwarding " + batch.size() + " samples",
                fitting(batch.size()),
                () -> arithmetic.run(() -> Forward.evaluating(state.parameters())
                        .read(inputs.of(batch), network, state.head(), selections)));
    }

    private Exhausted fitting(int batch) {
        return state.head().exhausted(Native.ENGINE, batch, device::info);
    }

    @Override
    public StepOutcome backward(LabelledBatch batch, DropoutSeed dropout) {
        var labels = state.head().labels(batch);
        return Native.withGradient(
                () -> "a training step of " + labels.length + " samples",
                fitting(labels.length),
                () -> backward(batch, labels, dropout));
    }

    private StepOutcome backward(LabelledBatch batch, long[] labels, DropoutSeed dropout) {
        state.gradients().clear();
        var samples = joint == null ? labels.length : joint.samples(labels.length);
        var logits = arithmetic.run(() -> {
            var normalizing = joint == null ? null : joint.normalizing(batch.copies());
            var forward = Forward.training(state.parameters(), dropout, buffers, normalizing);
            var features = forward.run(inputs.of(batch.inputs()), network.layers());
            return forward.linear(features, network.head());
        });
        var y = transfer.toDevice(Transfer.of(labels));
        var losses = torch.log_softmax(logits.to(ScalarType.Float), 1)
                .gather(1, y.reshape(-1, 1))
                .reshape(-1)
                .neg();
        var loss = losses.mul(transfer.create(batch.weights(), labels.length))
                .sum()
                .div(new Scalar((double) samples));
        if (joint == null) {
            loss.backward();
        } else {
            joint.backward(state.parameters(), batch.copies(), loss::backward);
        }
        state.gradients().arrive();
        var correct = logits.argmax(new LongOptional(1), false).eq(y).sum().item_long();
        return joint == null
                ? new StepOutcome(loss.item_float(), (int) correct)
                : joint.outcome(loss.item_float(), correct);
    }

    @Override
    public void update(Sgd body, Sgd head, double maxGradientNorm) {
        state.gradients().require();
        Native.withoutGradient(() -> "updating the weights", () -> {
            state.gradients().clip(maxGradientNorm);
            var bodys = new SgdUpdate(body, state, arrays);
            var heads = new SgdUpdate(head, state, arrays);
            var headNames = state.head().names();
            state.parameters().all().stream()
                    .filter(Parameter::trained)
                    .map(Parameter::name)
                    .forEach(name -> (headNames.contains(name) ? heads : bodys).apply(name));
            return this;
        });
    }

    @Override
    public void replaceHead(int classes, float[] weight, float[] bias) {
        Native.withoutGradient(() -> "installing a head of " + classes + " classes", () -> {
            state.head().replace(classes, weight, bias);
            return this;
        });
    }

    @Override
    public SessionState state() {
        return state;
    }

    @Override
    public void close() {
        if (joint != null) {
            joint.close();
        }
        inputs.close();
        arrays.close();
        closed.accept(this);
    }
}
