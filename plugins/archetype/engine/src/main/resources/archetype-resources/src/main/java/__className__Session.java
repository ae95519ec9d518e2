package ${package};

import io.uad.api.Batch;
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
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One compiled network with its weights. */
final class ${className}Session implements TrainingSession {
    private final Network network;
    private final ${className}State state;
    private final Workers workers;
    private final Chain body;

    /** @throws io.uad.api.UadException of kind CONFIG if a layer cannot be compiled */
    ${className}Session(Network network, ${className}State state, Workers workers) {
        this.network = network;
        this.state = state;
        this.workers = workers;
        this.body = new LayerCompiler(state, workers).chain(network.layers());
    }

    @Override
    public List<Activation> forward(Batch batch, List<TapSelection> selections) {
        var places = selections.stream().mapToInt(this::nodesBefore).toArray();
        var activations = new Activation[places.length];
        var maps = read(batch);
        for (var done = 1; done <= IntStream.of(places).max().orElse(0); done++) {
            var node = done > body.nodes().size() ? head() : body.nodes().get(done - 1);
            maps = node.forward(maps, Node.Mode.EVALUATION).output();
            for (var i = 0; i < places.length; i++) {
                if (places[i] == done) {
                    activations[i] = select(maps, selections.get(i));
                }
            }
        }
        return List.of(activations);
    }

    @Override
    public StepOutcome backward(LabelledBatch batch, DropoutSeed dropout) {
        var mode = new Node.Mode(true, dropout);
        var head = head();
        var labels = checked(batch.labels());
        var features = body.forward(read(batch.inputs()), mode);
        var logits = head.forward(features.output(), mode);
        var loss = CrossEntropy.of(logits.output(), labels, batch.weights());
        features.backward().apply(logits.backward().apply(loss.gradient()));
        return new StepOutcome(loss.mean(), loss.correct());
    }

    @Override
    public void update(Sgd body, Sgd head, double maxGradientNorm) {
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("the largest norm must be above 0, was " + maxGradientNorm);
        }
        var bodyVariables = state.body().filter(Variable::isTrained).toList();
        var headVariables = state.head();
        var all = Stream.concat(bodyVariables.stream(), headVariables.stream()).toList();
        if (headVariables.isEmpty() || !all.stream().allMatch(variable -> variable.has(SessionState.Kind.GRADIENTS))) {
            throw new IllegalStateException("no gradients yet: backward must come first, and again after a new head");
        }
        var norm = Math.sqrt(all.stream().mapToDouble(Variable::squaredGradient).sum());
        if (norm > maxGradientNorm) {
            all.forEach(variable -> variable.scaleGradient(maxGradientNorm / (norm + 1e-6)));
        }
        bodyVariables.forEach(variable -> variable.update(body));
        headVariables.forEach(variable -> variable.update(head));
    }

    @Override
    public void replaceHead(int classes, float[] weight, float[] bias) {
        state.replaceHead(classes, weight, bias);
    }

    @Override
    public SessionState state() {
        return state;
    }

    /** Frees what the session has beside the heap, which is nothing. */
    @Override
    public void close() {}

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

    private Maps read(Batch batch) {
        if (!batch.shape().equals(network.input())) {
            throw new IllegalArgumentException(
                    "inputs must have the network's shape " + network.input() + ", had " + batch.shape());
        }
        var maps = Maps.zeros(batch.size(), batch.shape());
        batch.writeTo(FloatBuffer.wrap(maps.values()));
        return maps;
    }

    private int[] checked(int[] labels) {
        var classes = state.head().get(1).value().length;
        for (var label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("a label must lie in 0.." + (classes - 1) + ", was " + label);
            }
        }
        return labels;
    }

    /** Copies the chosen channels: what an activation holds is its reader's. */
    private static Activation select(Maps maps, TapSelection selection) {
        var channels = selection.channels().isEmpty()
                ? IntStream.range(0, maps.channels()).toArray()
                : selection.channels().stream().mapToInt(Integer::intValue).toArray();
        var shape = new TensorShape(
                channels.length, maps.shape().height(), maps.shape().width());
        var chosen = Maps.zeros(maps.samples(), shape);
        for (var sample = 0; sample < maps.samples(); sample++) {
            for (var i = 0; i < channels.length; i++) {
                var from = maps.plane(sample, Objects.checkIndex(channels[i], maps.channels()));
                System.arraycopy(maps.values(), from, chosen.values(), chosen.plane(sample, i), maps.area());
            }
        }
        return new Activation(selection.tap(), maps.samples(), shape, chosen.values());
    }
}
