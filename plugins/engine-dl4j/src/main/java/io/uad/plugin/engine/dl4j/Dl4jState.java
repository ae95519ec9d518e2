package io.uad.plugin.engine.dl4j;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.SessionState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The variables of a network and of its head. What is written is checked as a whole before anything changes. The caller sees
 * that the library can be called.
 */
final class Dl4jState implements AutoCloseable {
    private final Network network;
    private final Map<String, Variable> body = new LinkedHashMap<>();
    private List<Variable> head = List.of(); // weight and bias, or nothing yet

    /**
     * @param values every parameter of the network, and the head's two or neither
     * @throws UadException of kind DATA if the values do not fit
     */
    Dl4jState(Network network, NamedTensors values) {
        this.network = network;
        for (var parameter : network.parameters()) {
            if (!values.has(parameter.name())) {
                throw misfit("tensor " + parameter.name() + " is missing", "every parameter of the backbone");
            }
            body.put(parameter.name(), new Variable(parameter));
        }
        try {
            write(SessionState.Kind.WEIGHTS, values);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** A parameter of the network, for the layer that it belongs to. */
    Variable variable(String name) {
        return find(name, List.of());
    }

    /** The variables of the network, in order. */
    Stream<Variable> body() {
        return body.values().stream();
    }

    /** Weight and bias of the head; empty if there is none yet. */
    List<Variable> head() {
        return head;
    }

    /** Those of both. */
    Stream<Variable> all() {
        return Stream.concat(body(), head.stream());
    }

    /** Installs a new head, without momentum or gradients. */
    void replaceHead(int classes, float[] weight, float[] bias) {
        if (classes < 1) {
            throw new IllegalArgumentException("classes must be 1 or more, was " + classes);
        }
        var weights = Tensor.of(weight, classes, network.featureCount());
        var biases = Tensor.of(bias, classes);
        var replacement = headOf(classes);
        replacement.get(0).write(SessionState.Kind.WEIGHTS, weights);
        replacement.get(1).write(SessionState.Kind.WEIGHTS, biases);
        install(replacement);
    }

    NamedTensors read(SessionState.Kind kind) {
        var tensors = new LinkedHashMap<String, Tensor>();
        if (kind != SessionState.Kind.GRADIENTS || hasGradients()) {
            all().filter(variable -> variable.has(kind))
                    .forEach(variable -> tensors.put(variable.name(), variable.read(kind)));
        }
        return new NamedTensors(tensors);
    }

    /** Whether a backward pass has left all of them. */
    boolean hasGradients() {
        return !head.isEmpty()
                && all().filter(Variable::isTrained).allMatch(variable -> variable.has(SessionState.Kind.GRADIENTS));
    }

    void write(SessionState.Kind kind, NamedTensors values) {
        if (kind == SessionState.Kind.GRADIENTS && !hasGradients()) {
            throw new IllegalStateException("no gradients yet: backward must come first, and again after a new head");
        }
        var heads = kind == SessionState.Kind.WEIGHTS ? headFor(values) : head;
        values.asMap().forEach((name, tensor) -> {
            var variable = find(name, heads);
            if (!variable.fits(kind, tensor)) {
                var isTrainable = kind == SessionState.Kind.WEIGHTS || variable.isTrained();
                throw misfit("tensor " + name + " is " + tensor, isTrainable ? variable.form() : "a trained parameter");
            }
        });
        if (kind == SessionState.Kind.MOMENTUM) {
            all().forEach(Variable::forgetMomentum);
        }
        values.asMap().forEach((name, tensor) -> find(name, heads).write(kind, tensor));
        if (heads != head) {
            install(heads);
        }
    }

    private void install(List<Variable> replacement) {
        all().forEach(Variable::loseGradient);
        head.forEach(Variable::close);
        head = replacement;
    }

    /** The head that there is, or a new one if the values bring one of another width. */
    private List<Variable> headFor(NamedTensors values) {
        var names = network.headParameters(1);
        if (!values.has(names.get(0).name()) || !values.has(names.get(1).name())) {
            return head;
        }
        var classes = Math.max(1, values.get(names.get(1).name()).size());
        return !head.isEmpty() && head.get(0).side(0) == classes ? head : headOf(classes);
    }

    private List<Variable> headOf(int classes) {
        return network.headParameters(classes).stream().map(Variable::new).toList();
    }

    private Variable find(String name, List<Variable> heads) {
        var variable = body.get(name);
        if (variable != null) {
            return variable;
        }
        return heads.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        misfit("tensor " + name + " is unknown", "parameters of the backbone or both of the head"));
    }

    private static UadException misfit(String found, String expected) {
        return UadException.data(
                found,
                "the network's state",
                expected,
                "Use a checkpoint of the same backbone, image size and options");
    }

    @Override
    public void close() {
        all().forEach(Variable::close);
    }
}
