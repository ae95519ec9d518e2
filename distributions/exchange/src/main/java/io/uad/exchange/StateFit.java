package io.uad.exchange;

import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Compares the shapes of a state dict with a network's parameters. */
final class StateFit {
    private static final int NAMED = 3;

    private StateFit() {}

    /** The first few differences, in words; none if the state fits. */
    static List<String> differences(Network network, Map<String, List<Integer>> shapes) {
        var differences = new ArrayList<String>();
        var known = new HashSet<String>();
        var parameters = new ArrayList<>(network.parameters());
        headClasses(network, shapes).ifPresent(classes -> parameters.addAll(network.headParameters(classes)));
        for (var parameter : parameters) {
            known.add(parameter.name());
            var shape = shapes.get(parameter.name());
            if (shape == null ? !canBeMissing(parameter) : !sameSize(shape, parameter.shape())) {
                differences.add(
                        shape == null
                                ? "no " + parameter.name()
                                : parameter.name() + " of shape " + shape + " instead of " + parameter.shape());
            }
        }
        shapes.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> differences.add(name + " too much"));
        return differences.size() <= NAMED
                ? differences
                : List.of(
                        String.join(", ", differences.subList(0, NAMED)),
                        "and " + (differences.size() - NAMED) + " more");
    }

    /** The outputs of the head; empty without one. */
    static OptionalInt headClasses(Network network, Map<String, List<Integer>> shapes) {
        var shape = shapes.get(network.head() + ".weight");
        return shape == null || shape.size() != 2 || shape.get(0) < 1
                ? OptionalInt.empty()
                : OptionalInt.of(shape.get(0));
    }

    /** Old versions of PyTorch counted no batches, and Sobel's weights are known. */
    static boolean canBeMissing(Parameter parameter) {
        return parameter.role() == Parameter.Role.COUNTER || parameter.role() == Parameter.Role.FIXED;
    }

    /** Old versions knew no scalars: a counter was an array of one. */
    private static boolean sameSize(List<Integer> found, List<Integer> expected) {
        return found.equals(expected) || (expected.isEmpty() && found.equals(List.of(1)));
    }
}
