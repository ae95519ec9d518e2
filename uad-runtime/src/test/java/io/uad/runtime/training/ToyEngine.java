package io.uad.runtime.training;

import io.uad.api.Batch;
import io.uad.api.ComponentProvider;
import io.uad.api.NamedTensors;
import io.uad.api.Options;
import io.uad.api.Tensor;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.Capability;
import io.uad.api.engine.DeviceInfo;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.Membership;
import io.uad.api.engine.Precision;
import io.uad.api.engine.ProcessGroup;
import io.uad.api.engine.SessionState;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.StepOutcome;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.runtime.config.Fakes;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import io.uad.runtime.process.GroupOfThreads;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Trains a linear layer and a head on vectors, in double: softmax of {@code V (W x + b) + c}. A unit of the first layer is
 * dropped by the masks of a layer {@code drop}, so that a wrong position of a sample shows.
 */
final class ToyEngine implements Engine {
    /** Groups by the port of the membership. */
    static final Map<Integer, GroupOfThreads> GROUPS = new ConcurrentHashMap<>();

    /** Of the machine that toys believe in. */
    static final int CORES = 8;

    private final boolean joins;
    private final OptionalLong gpuBytes;
    private final int threads;
    private @Nullable ProcessGroup group;

    private ToyEngine(boolean joins, OptionalLong gpuBytes, OptionalInt threads) {
        this.joins = joins;
        this.gpuBytes = gpuBytes;
        this.threads = threads.orElse(CORES);
    }

    /** @param joins whether it has {@link Capability#PROCESS_GROUPS} */
    static RegisteredComponent component(String name, boolean joins) {
        return component(name, joins, OptionalLong.empty());
    }

    /** @param gpuBytes of memory; empty on the CPU */
    static RegisteredComponent component(String name, boolean joins, OptionalLong gpuBytes) {
        ComponentProvider<Engine> provider = new ComponentProvider<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String description() {
                return "a toy";
            }

            @Override
            public Class<? extends Record> optionsType() {
                return Fakes.Djl.class;
            }

            @Override
            public Engine create(Options options) {
                return new ToyEngine(
                        joins, gpuBytes, options.as(Fakes.Djl.class).threads());
            }
        };
        return new RegisteredComponent(Stage.ENGINE, name, "a toy", "1", "toy.jar", provider, Fakes.Djl.class);
    }

    @Override
    public EngineCapabilities capabilities() {
        var all = EnumSet.of(Capability.REPEATABLE);
        if (joins) {
            all.add(Capability.PROCESS_GROUPS);
        }
        var device = gpuBytes.isPresent() ? "gpu:0" : "cpu";
        var devices = gpuBytes.stream()
                .mapToObj(bytes -> new DeviceInfo(device, "", bytes, bytes))
                .toList();
        return new EngineCapabilities("toy 1", device, "", threads, Precision.FLOAT32, all, devices);
    }

    @Override
    public ProcessGroup join(Membership membership) {
        if (!joins) {
            return Engine.super.join(membership);
        }
        var others = GROUPS.get(membership.port());
        if (others == null) {
            throw waitedInVain(membership);
        }
        group = others.member(membership.rank());
        return group;
    }

    /** As an engine waits for processes that do not come. */
    private static RuntimeException waitedInVain(Membership membership) {
        try {
            Thread.sleep(membership.joinPatience().toMillis());
            return new IllegalStateException("nobody came to " + membership);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return (CancellationException) new CancellationException("interrupted").initCause(e);
        }
    }

    private static <K, V> V known(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key), () -> "nothing for " + key);
    }

    @Override
    public TrainingSession open(Network network, NamedTensors state) {
        return new Session(network, state, group);
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return new JavaLinearAlgebra();
    }

    @Override
    public void close() {
        if (group != null) {
            group.close();
        }
    }

    private static final class Session implements TrainingSession, SessionState {
        private final Network network;
        private final @Nullable ProcessGroup group;
        private final Map<String, float[]> values = new LinkedHashMap<>();
        private final Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        private final Map<String, float[]> momentum = new LinkedHashMap<>();
        private final Map<String, double[]> gradients = new LinkedHashMap<>();

        Session(Network network, NamedTensors state, @Nullable ProcessGroup group) {
            this.network = network;
            this.group = group;
            write(Kind.WEIGHTS, state);
        }

        private String body(int parameter) {
            return network.parameters().get(parameter).name();
        }

        private String head(String part) {
            return network.head() + "." + part;
        }

        private static float[] inputs(Batch batch) {
            var all = FloatBuffer.allocate(batch.size() * batch.shape().size());
            batch.writeTo(all);
            return all.array();
        }

        /** {@code W x + b} of one sample. */
        private double[] hidden(float[] inputs, int sample) {
            var bias = known(values, body(1));
            var weight = known(values, body(0));
            var columns = weight.length / bias.length;
            var hidden = new double[bias.length];
            for (var i = 0; i < hidden.length; i++) {
                hidden[i] = bias[i];
                for (var j = 0; j < columns; j++) {
                    hidden[i] += (double) weight[i * columns + j] * inputs[sample * columns + j];
                }
            }
            return hidden;
        }

        @Override
        public List<Activation> forward(Batch batch, List<TapSelection> selections) {
            var inputs = inputs(batch);
            var width = network.featureCount();
            var out = new float[batch.size() * width];
            for (var sample = 0; sample < batch.size(); sample++) {
                var hidden = hidden(inputs, sample);
                for (var i = 0; i < width; i++) {
                    out[sample * width + i] = (float) hidden[i];
                }
            }
            return List.of(new Activation("fc", batch.size(), network.shapeAt("fc"), out));
        }

        @Override
        public StepOutcome backward(LabelledBatch batch, DropoutSeed dropout) {
            var inputs = inputs(batch.inputs());
            var samples = batch.inputs().size();
            var width = network.featureCount();
            var columns = inputs.length / samples;
            var headWeight = known(values, head("weight"));
            var headBias = known(values, head("bias"));
            var classes = headBias.length;
            var mask = FloatBuffer.allocate(samples * width);
            dropout.mask("drop", 0.25, samples, width, mask);
            var bodyWeights = new double[width * columns];
            var bodyBiases = new double[width];
            var headWeights = new double[classes * width];
            var headBiases = new double[classes];
            var totals = new double[3]; // loss, correct, samples
            for (var sample = 0; sample < samples; sample++) {
                var hidden = hidden(inputs, sample);
                for (var i = 0; i < width; i++) {
                    hidden[i] *= mask.get(sample * width + i);
                }
                var logits = new double[classes];
                var sum = 0.0;
                var best = 0;
                for (var k = 0; k < classes; k++) {
                    logits[k] = headBias[k];
                    for (var i = 0; i < width; i++) {
                        logits[k] += headWeight[k * width + i] * hidden[i];
                    }
                    sum += Math.exp(logits[k]);
                    best = logits[k] > logits[best] ? k : best;
                }
                var label = batch.labels()[sample];
                var weight = batch.weights()[sample];
                totals[0] += weight * (Math.log(sum) - logits[label]);
                totals[1] += best == label ? 1 : 0;
                for (var k = 0; k < classes; k++) {
                    var error = weight * (Math.exp(logits[k]) / sum - (k == label ? 1 : 0));
                    headBiases[k] += error;
                    for (var i = 0; i < width; i++) {
                        headWeights[k * width + i] += error * hidden[i];
                        var back = error * headWeight[k * width + i] * mask.get(sample * width + i);
                        bodyBiases[i] += back;
                        for (var j = 0; j < columns; j++) {
                            bodyWeights[i * columns + j] += back * inputs[sample * columns + j];
                        }
                    }
                }
            }
            totals[2] = samples;
            for (var each : List.of(totals, bodyWeights, bodyBiases, headWeights, headBiases)) {
                if (group != null) {
                    group.sum(each);
                }
            }
            for (var each : List.of(bodyWeights, bodyBiases, headWeights, headBiases)) {
                for (var i = 0; i < each.length; i++) {
                    each[i] /= totals[2];
                }
            }
            gradients.put(body(0), bodyWeights);
            gradients.put(body(1), bodyBiases);
            gradients.put(head("weight"), headWeights);
            gradients.put(head("bias"), headBiases);
            return new StepOutcome(totals[0] / totals[2], (int) totals[1]);
        }

        @Override
        public void update(Sgd body, Sgd head, double maxGradientNorm) {
            gradients.forEach((name, gradient) -> {
                var rule = name.startsWith(network.head()) ? head : body;
                var value = known(values, name);
                var speed = momentum.computeIfAbsent(name, key -> new float[value.length]);
                for (var i = 0; i < value.length; i++) {
                    speed[i] = (float) (rule.momentum() * speed[i] + gradient[i] + rule.weightDecay() * value[i]);
                    value[i] -= (float) (rule.learningRate() * speed[i]);
                }
            });
        }

        @Override
        public void replaceHead(int classes, float[] weight, float[] bias) {
            put(head("weight"), List.of(classes, weight.length / classes), weight.clone());
            put(head("bias"), List.of(classes), bias.clone());
            momentum.remove(head("weight"));
            momentum.remove(head("bias"));
        }

        private void put(String name, List<Integer> shape, float[] all) {
            shapes.put(name, shape);
            values.put(name, all);
        }

        @Override
        public SessionState state() {
            return this;
        }

        @Override
        public NamedTensors read(Kind kind) {
            var tensors = new LinkedHashMap<String, Tensor>();
            (kind == Kind.WEIGHTS ? values : momentum)
                    .forEach((name, all) -> tensors.put(name, new Tensor(known(shapes, name), all.clone())));
            return new NamedTensors(tensors);
        }

        @Override
        public void write(Kind kind, NamedTensors tensors) {
            tensors.asMap().forEach((name, tensor) -> {
                if (kind == Kind.WEIGHTS) {
                    put(name, tensor.shape(), tensor.floats().clone());
                } else {
                    momentum.put(name, tensor.floats().clone());
                }
            });
        }

        @Override
        public void close() {}
    }

    /** The ports of {@link #GROUPS}, one for each group. */
    static int register(GroupOfThreads group) {
        var ports = new ArrayList<>(GROUPS.keySet());
        var port = 1 + ports.stream().mapToInt(each -> each).max().orElse(0);
        GROUPS.put(port, group);
        return port;
    }
}
