package io.uad.plugin.engine.dl4j;

import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.StepMemory;
import io.uad.api.engine.StepOutcome;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.plugin.engine.common.Exhausted;
import io.uad.plugin.engine.common.Processor;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One compiled network with its weights. */
final class Dl4jSession implements TrainingSession {
    /** Of the inputs of an evaluation, which is divided: the largest maps behind them are some twenty times as large. */
    private static final long FLOATS_AT_ONCE = 1 << 23;

    private static final long MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

    private final Network network;
    private final Dl4jState state;
    private final Workers workers;
    private final int threads;
    private final Chain body;
    private final Memory memory = new Memory();
    private boolean isClosed;

    /** @throws UadException of kind CONFIG if a layer cannot be compiled; the state is then closed */
    Dl4jSession(Network network, Dl4jState state, Workers workers, int threads) {
        this.network = network;
        this.state = state;
        this.workers = workers;
        this.threads = threads;
        try {
            this.body = new LayerCompiler(state, workers).chain(network.layers());
        } catch (RuntimeException | Error e) {
            state.close();
            throw e;
        }
    }

    /** Work without a pass: what the passes use stays as it is. */
    private <T> T call(Supplier<String> doing, Supplier<T> work) {
        return Native.call(threads, doing, work);
    }

    /** A pass, after which the memory is free for the next. */
    private <T> T pass(int batch, Supplier<String> doing, Supplier<T> work) {
        Exhausted fitting = (what, reason, cause) -> StepMemory.of(network, classes())
                .exceeded(Native.ENGINE, what, batch, Processor.device(), reason, cause);
        return Native.call(threads, doing, fitting, () -> {
            try {
                return work.get();
            } finally {
                memory.finish();
            }
        });
    }

    @Override
    public List<Activation> forward(Batch batch, List<TapSelection> selections) {
        var places = selections.stream().mapToInt(this::nodesBefore).toArray();
        return pass(batch.size(), () -> "forwarding " + batch.size() + " samples", () -> {
            var readers = selections.stream()
                    .map(selection -> new TapReader(selection, batch.size(), workers))
                    .toList();
            var inputs = upload(batch);
            var most = (int) Math.max(1, FLOATS_AT_ONCE / batch.shape().size());
            for (var first = 0; first < batch.size(); first += most) {
                var count = Math.min(most, batch.size() - first);
                read(samples(inputs, first, count), places, first, readers);
            }
            return readers.stream().map(TapReader::activation).toList();
        });
    }

    /** Runs as many nodes as are needed, and shows each reader what it wants. */
    private void read(Maps inputs, int[] places, int first, List<TapReader> readers) {
        var last = IntStream.of(places).max().orElse(0);
        var maps = inputs;
        for (var done = 1; done <= last; done++) {
            var node = done > body.nodes().size() ? head() : body.nodes().get(done - 1);
            maps = node.forward(maps, Node.Mode.EVALUATION).output();
            for (var i = 0; i < places.length; i++) {
                if (places[i] == done) {
                    readers.get(i).read(maps, first);
                }
            }
        }
        maps.letGo();
    }

    private static Maps samples(Maps inputs, int first, int count) {
        if (count == inputs.samples()) {
            return inputs;
        }
        var some = Maps.take(inputs.memory(), count, inputs.shape());
        var values = new float[inputs.shape().size()];
        for (var i = 0; i < count; i++) {
            Floats.read(inputs.vector(), (long) (first + i) * values.length, values, 0, values.length);
            Floats.write(some.vector(), (long) i * values.length, values, 0, values.length);
        }
        return some;
    }

    @Override
    public StepOutcome backward(LabelledBatch batch, DropoutSeed dropout) {
        var head = head();
        var labels = checked(batch.labels());
        return pass(labels.length, () -> "a training step of " + labels.length + " samples", () -> {
            state.all().forEach(Variable::loseGradient);
            var mode = new Node.Mode(true, false, dropout);
            var features = body.forward(upload(batch.inputs()), mode);
            var logits = head.forward(features.output(), mode.passingGradient(body.isTrained()));
            var loss = CrossEntropy.of(logits.output(), labels, batch.weights(), workers);
            var slopes = logits.backward().apply(loss.gradient());
            if (slopes != null) {
                features.backward().apply(slopes);
            }
            return new StepOutcome(loss.mean(), loss.correct());
        });
    }

    @Override
    public void update(Sgd body, Sgd head, double maxGradientNorm) {
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("the largest norm must be above 0, was " + maxGradientNorm);
        }
        if (!state.hasGradients()) {
            throw new IllegalStateException("no gradients yet: backward must come first, and again after a new head");
        }
        call(() -> "updating the weights", () -> {
            var factor = factor(maxGradientNorm);
            state.body().filter(Variable::isTrained).forEach(variable -> variable.update(body, factor, workers));
            state.head().forEach(variable -> variable.update(head, factor, workers));
            return this;
        });
    }

    private double factor(double most) {
        if (Double.isInfinite(most)) {
            return 1;
        }
        var norm = Math.sqrt(state.all()
                .filter(Variable::isTrained)
                .mapToDouble(variable -> variable.squaredGradient(workers))
                .sum());
        return norm > most ? most / (norm + 1e-6) : 1;
    }

    @Override
    public void replaceHead(int classes, float[] weight, float[] bias) {
        call(() -> "installing a head of " + classes + " classes", () -> {
            state.replaceHead(classes, weight, bias);
            return this;
        });
    }

    @Override
    public SessionState state() {
        return new SessionState() {
            @Override
            public NamedTensors read(Kind kind) {
                return call(() -> "reading " + kind, () -> state.read(kind));
            }

            @Override
            public void write(Kind kind, NamedTensors values) {
                call(() -> "writing " + kind, () -> {
                    state.write(kind, values);
                    return this;
                });
            }
        };
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            state.close();
            memory.close();
        }
    }

    private int classes() {
        return state.head().isEmpty() ? 0 : state.head().get(0).side(0);
    }

    private Node head() {
        if (state.head().isEmpty()) {
            throw new IllegalStateException("the network " + network.name() + " has no head yet");
        }
        return new Linear(state.head().get(0), state.head().get(1), workers);
    }

    private int nodesBefore(TapSelection selection) {
        if (selection.tap().equals(Network.TOP)) {
            head(); // must be there
            return body.nodes().size() + 1;
        }
        return network.position(selection.tap());
    }

    /** Copies a batch, and puts its channels last. */
    private Maps upload(Batch batch) {
        if (!batch.shape().equals(network.input())) {
            throw new IllegalArgumentException(
                    "inputs must have the network's shape " + network.input() + ", had " + batch.shape());
        }
        var maps = Maps.take(memory, batch.size(), batch.shape());
        if (maps.size() > MOST_FLOATS) {
            throw UadException.resource(
                    "a batch of " + batch.size() + " samples takes " + maps.size() + " values",
                    "engine/dl4j",
                    "at most " + MOST_FLOATS,
                    "Lower training.batch");
        }
        batch.writeTo(Floats.buffer(maps.vector(), (int) maps.size()));
        if (!ChannelOrder.isOne(batch.shape())) {
            workers.forEach(batch.size(), sample -> turn(maps, sample, batch.shape()));
        }
        return maps;
    }

    private static void turn(Maps maps, int sample, TensorShape shape) {
        var values = new float[shape.size()];
        Floats.read(maps.vector(), (long) sample * values.length, values, 0, values.length);
        Floats.write(maps.vector(), (long) sample * values.length, ChannelOrder.last(values, shape), 0, values.length);
    }

    private int[] checked(int[] labels) {
        var classes = classes();
        for (var i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "labels[" + i + "] must lie in 0.." + (classes - 1) + ", was " + labels[i]);
            }
        }
        return labels;
    }
}
