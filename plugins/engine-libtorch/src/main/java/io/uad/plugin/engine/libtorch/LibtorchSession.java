package io.uad.plugin.engine.libtorch;

import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.api.engine.Activation;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.StepMemory;
import io.uad.api.engine.StepOutcome;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.plugin.engine.common.ArrayState;
import io.uad.plugin.engine.common.Exhausted;
import io.uad.plugin.engine.common.StepBuffers;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
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
            LibtorchArrays arrays,
            @Nullable GlooGroup group,
            Consumer<LibtorchSession> closed) {
        this.network = network;
        this.device = device;
        this.transfer = device.transfer();
        this.arithmetic = arithmetic;
        this.arrays = arrays;
        this.state = new ArrayState<>(network, state, arrays, Native::withoutGradient);
        this.joint = group == null ? null : new JointSteps(group);
        this.closed = closed;
    }

    /**
     * Compiles a network; without gradient mode only.
     *
     * @param group whose processes train it together; null for this one alone
     * @param closed is told when the session is closed
     */
    static LibtorchSession open(
            Network network,
            NamedTensors state,
            LibtorchDevice device,
            Arithmetic arithmetic,
            @Nullable GlooGroup group,
            Consumer<LibtorchSession> closed) {
        var arrays = new LibtorchArrays(device.transfer(), arithmetic);
        try {
            return new LibtorchSession(network, state, device, arithmetic, arrays, group, closed);
        } catch (RuntimeException | Error e) {
            arrays.close();
            throw e;
        }
    }

    @Override
    public List<Activation> forward(Batch batch, List<TapSelection> selections) {
        return Native.withoutGradient(
                () -> "forwarding " + batch.size() + " samples",
                fitting(batch.size()),
                () -> arithmetic.run(() -> activations(batch, selections)));
    }

    private Exhausted fitting(int batch) {
        return (doing, reason, cause) -> StepMemory.of(network, state.head().classes())
                .exceeded(Native.ENGINE, doing, batch, device.info(), reason, cause);
    }

    private List<Activation> activations(Batch batch, List<TapSelection> selections) {
        var last = selections.stream()
                .mapToInt(selection -> position(selection.tap()))
                .max()
                .orElse(0);
        var read = new Activation[selections.size()];
        var forward = Forward.evaluating(state.parameters());
        var x = upload(batch);
        for (var done = 0; ; done++) {
            for (var i = 0; i < read.length; i++) {
                if (position(selections.get(i).tap()) == done) {
                    read[i] = read(x, selections.get(i), batch.size());
                }
            }
            if (done == last) {
                return List.of(read);
            }
            var next = done < network.layers().size()
                    ? forward.run(x, network.layers().get(done))
                    : forward.linear(x, network.head());
            if (!next.equals(x)) {
                x.close();
            }
            x = next;
        }
    }

    @Override
    public StepOutcome backward(LabelledBatch batch, DropoutSeed dropout) {
        state.head().require();
        var labels = labels(batch);
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
            var features = forward.run(upload(batch.inputs()), network.layers());
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
        arrays.close();
        closed.accept(this);
    }

    private long[] labels(LabelledBatch batch) {
        var labels = new long[batch.labels().length];
        for (var i = 0; i < labels.length; i++) {
            var label = batch.labels()[i];
            if (label < 0 || label >= state.head().classes()) {
                throw new IllegalArgumentException(
                        "labels[" + i + "] must lie in 0.." + (state.head().classes() - 1) + ", was " + label);
            }
            labels[i] = label;
        }
        return labels;
    }

    private int position(String tap) {
        if (tap.equals(Network.TOP)) {
            state.head().require();
            return network.layers().size() + 1;
        }
        return network.position(tap);
    }

    private Activation read(Tensor x, TapSelection selection, int samples) {
        var chosen = x;
        if (!selection.channels().isEmpty()) {
            selection.channels().forEach(channel -> Objects.checkIndex(channel, (int) x.size(1)));
            var channels =
                    selection.channels().stream().mapToLong(Integer::longValue).toArray();
            chosen = x.index_select(1, transfer.toDevice(Transfer.of(channels)));
        }
        var width = (int) chosen.size(1);
        var shape = x.dim() == 2 ? TensorShape.vector(width) : new TensorShape(width, (int) x.size(2), (int) x.size(3));
        return new Activation(selection.tap(), samples, shape, Transfer.read(chosen));
    }

    /** Copies a batch to the device: the first buffer of the step. */
    private Tensor upload(Batch batch) {
        buffers.rewind();
        var shape = batch.shape();
        var floats = buffers.next(batch.size(), shape.size()).asFloatBuffer();
        batch.writeTo(floats);
        floats.rewind();
        var blob = new FloatPointer(floats);
        var values = network.input().equals(shape) && shape.height() == 1 && shape.width() == 1
                ? torch.from_blob(blob, batch.size(), shape.channels())
                : torch.from_blob(blob, batch.size(), shape.channels(), shape.height(), shape.width());
        return arithmetic.ordered(transfer.toDevice(values));
    }
}
