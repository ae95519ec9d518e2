package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.StepOutcome;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** One network with its weights. */
final class DjlSession implements TrainingSession {
    private final Network network;
    private final NDManager manager;
    private final Parameters parameters;
    private final String headWeight;
    private final String headBias;
    private int classes;
    private boolean hasGradients;
    private ByteBuffer inputBytes = ByteBuffer.allocateDirect(0);

    DjlSession(Network network, NamedTensors state, NDManager manager) {
        this.network = network;
        this.manager = manager;
        this.headWeight = network.head() + ".weight";
        this.headBias = network.head() + ".bias";
        this.parameters = new Parameters(network.parameters(), state, manager);
        if (state.has(headWeight) && state.has(headBias)) {
            installHead(state.get(headWeight).shape().get(0), state.get(headWeight), state.get(headBias));
        }
    }

    @Override
    public List<Activation> forward(Batch batch, List<TapSelection> selections) {
        var last = selections.stream()
                .mapToInt(selection -> position(selection.tap()))
                .max()
                .orElse(0);
        JniUtils.setGradMode(false); // of this thread; on by default, and it would record a graph
        try (var step = manager.newSubManager()) {
            var read = new Activation[selections.size()];
            var forward = Forward.evaluating(parameters);
            var x = upload(step, batch);
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
                        : forward.linear(x.reshape(batch.size(), -1), network.head());
                if (next != x) {
                    x.close();
                }
                x = next;
            }
        } finally {
            JniUtils.setGradMode(true);
        }
    }

    @Override
    public StepOutcome backward(LabelledBatch batch, DropoutSeed dropout) {
        requireHead();
        var size = batch.inputs().size();
        var labels = new long[size];
        for (var i = 0; i < size; i++) {
            labels[i] = batch.labels()[i];
        }
        zeroGradients();
        try (var step = manager.newSubManager();
                var collector = manager.getEngine().newGradientCollector()) {
            var x = upload(step, batch.inputs());
            var features = Forward.training(parameters, dropout).run(x, network.layers());
            var logits = Forward.evaluating(parameters).linear(features.reshape(size, -1), network.head());
            var y = step.create(labels, new Shape(size, 1));
            var losses = logits.logSoftmax(1).gather(y, 1).reshape(size).neg();
            var loss = losses.mul(step.create(batch.weights())).mean();
            collector.backward(loss);
            hasGradients = true;
            return new StepOutcome(loss.getFloat(), losses.toFloatArray(), correct(logits, labels));
        }
    }

    @Override
    public void update(Sgd body, Sgd head) {
        JniUtils.setGradMode(false);
        try (var step = manager.newSubManager()) {
            for (var parameter : parameters.all()) {
                if (parameter.trained()) {
                    var isHead = parameter.name().equals(headWeight)
                            || parameter.name().equals(headBias);
                    update(parameter.name(), isHead ? head : body, step);
                }
            }
        } finally {
            JniUtils.setGradMode(true);
        }
    }

    @Override
    public void replaceHead(int classes, float[] weight, float[] bias) {
        parameters.remove(headWeight);
        parameters.remove(headBias);
        installHead(classes, Tensor.of(weight, classes, network.featureCount()), Tensor.of(bias, classes));
    }

    @Override
    public SessionState state() {
        return new State();
    }

    @Override
    public void close() {
        manager.close();
    }

    private void installHead(int classes, Tensor weight, Tensor bias) {
        var specifications = network.headParameters(classes);
        parameters.set(specifications.get(0), weight);
        parameters.set(specifications.get(1), bias);
        this.classes = classes;
    }

    private void update(String name, Sgd rule, NDManager step) {
        var value = parameters.value(name);
        var gradient = value.getGradient();
        gradient.attach(step);
        if (rule.weightDecay() > 0) {
            var decay = value.mul(rule.weightDecay());
            decay.attach(step);
            gradient = decay.addi(gradient);
        }
        var velocity = gradient;
        if (rule.momentum() > 0) {
            var before = parameters.momentum(name);
            if (before == null) {
                var first = gradient.duplicate();
                parameters.startMomentum(name, first);
                velocity = first;
            } else {
                velocity = before.muli(rule.momentum()).addi(gradient);
            }
        }
        var change = velocity.mul(rule.learningRate());
        change.attach(step);
        value.subi(change);
        change.close();
    }

    private void zeroGradients() {
        for (var parameter : parameters.all()) {
            if (parameter.trained()) {
                JniUtils.zeroGrad((ai.djl.pytorch.engine.PtNDArray) parameters.value(parameter.name()));
            }
        }
    }

    private static int correct(NDArray logits, long[] labels) {
        var largest = logits.argMax(1).toLongArray();
        var correct = 0;
        for (var i = 0; i < labels.length; i++) {
            correct += largest[i] == labels[i] ? 1 : 0;
        }
        return correct;
    }

    private int position(String tap) {
        if (tap.equals(Network.TOP)) {
            requireHead();
            return network.layers().size() + 1;
        }
        return network.position(tap);
    }

    private void requireHead() {
        if (classes == 0) {
            throw new IllegalStateException("network " + network.name() + " has no head yet");
        }
    }

    private Activation read(NDArray x, TapSelection selection, int samples) {
        var chosen = selection.channels().isEmpty()
                ? x
                : x.get(
                        ":,{}",
                        x.getManager()
                                .create(selection.channels().stream()
                                        .mapToLong(Integer::longValue)
                                        .toArray()));
        var sides = chosen.getShape().getShape();
        var shape = sides.length == 2
                ? TensorShape.vector((int) sides[1])
                : new TensorShape((int) sides[1], (int) sides[2], (int) sides[3]);
        return new Activation(selection.tap(), samples, shape, chosen.toFloatArray());
    }

    /** Copies a batch to the device through one reused buffer. */
    private NDArray upload(NDManager step, Batch batch) {
        var shape = batch.shape();
        var bytes = Math.multiplyExact(Math.multiplyExact(batch.size(), shape.size()), Float.BYTES);
        if (inputBytes.capacity() < bytes) {
            inputBytes = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        inputBytes.clear().limit(bytes);
        batch.writeTo(inputBytes.asFloatBuffer());
        inputBytes.rewind();
        var sides = network.input().equals(shape) && shape.height() == 1 && shape.width() == 1
                ? new Shape(batch.size(), shape.channels())
                : new Shape(batch.size(), shape.channels(), shape.height(), shape.width());
        return step.create(inputBytes, sides, DataType.FLOAT32);
    }

    private final class State implements SessionState {
        @Override
        public NamedTensors read(Kind kind) {
            return switch (kind) {
                case WEIGHTS -> parameters.read();
                case MOMENTUM -> parameters.readMomentum();
                case GRADIENTS -> hasGradients ? parameters.readGradients() : NamedTensors.empty();
            };
        }

        @Override
        public void write(Kind kind, NamedTensors tensors) {
            switch (kind) {
                case WEIGHTS -> writeWeights(tensors);
                case MOMENTUM -> {
                    tensors.names().forEach(parameters::expect);
                    parameters.clearMomentum();
                    tensors.asMap().forEach(parameters::setMomentum);
                }
                case GRADIENTS -> tensors.asMap().forEach(parameters::writeGradient);
            }
        }

        private void writeWeights(NamedTensors tensors) {
            var others = new ArrayList<>(tensors.names());
            if (tensors.has(headWeight) && tensors.has(headBias)) {
                var width = tensors.get(headWeight).shape().get(0);
                if (width != classes) {
                    parameters.remove(headWeight);
                    parameters.remove(headBias);
                }
                installHead(width, tensors.get(headWeight), tensors.get(headBias));
                others.removeAll(List.of(headWeight, headBias));
            }
            others.forEach(name -> parameters.set(parameters.expect(name), tensors.get(name)));
        }
    }
}
