package io.uad.exchange;

import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.plugin.RegisteredComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds the options of a backbone and the input side with which it has just the parameters of a state dict.
 *
 * <p>Sobel shows in its names or in a first convolution of two channels. The side shows in the width of the classifier's
 * input; where several fit, 224 is taken, then multiples of 32. The options {@code hidden} and {@code width}, if the
 * backbone has them, follow from the first layers.
 */
final class NetworkSearch {
    private static final int USUAL_SIDE = 224;
    private static final int LARGEST_SIDE = 1024;
    private static final List<Integer> SIDES = IntStream.rangeClosed(1, LARGEST_SIDE)
            .boxed()
            .sorted(Comparator.comparing((Integer side) -> side != USUAL_SIDE)
                    .thenComparing(side -> side % 32 != 0)
                    .thenComparing(Comparator.naturalOrder()))
            .toList();

    private final ConfigReader reader;
    private final List<ConfigLayer> overrides;
    private final OptionalInt side;
    private final Map<String, List<Integer>> shapes;

    /**
     * @param overrides lie above what is found out
     * @param side the input side if the user knows it
     * @param shapes of the state dict
     */
    NetworkSearch(
            ConfigReader reader, List<ConfigLayer> overrides, OptionalInt side, Map<String, List<Integer>> shapes) {
        this.reader = reader;
        this.overrides = List.copyOf(overrides);
        this.side = side;
        this.shapes = Map.copyOf(shapes);
    }

    /**
     * A network that fits.
     *
     * @param config with its backbone and input side; all else is default
     * @param sides all that fit, the chosen one first
     */
    record Found(RunConfig config, Network network, List<Integer> sides) {}

    /** @param problems takes what does not fit if nothing is found */
    Optional<Found> search(RegisteredComponent backbone, List<String> problems) {
        var options = Arrays.stream(backbone.optionsType().getRecordComponents())
                .map(component -> component.getName())
                .toList();
        var chosen = new ArrayList<ConfigLayer>();
        if (options.contains("sobel")) {
            chosen.add(option("sobel", Boolean.toString(hasSobel())));
        }
        var usual = network(config(backbone, chosen, USUAL_SIDE), side.orElse(USUAL_SIDE));
        usual.ifPresent(network -> {
            var hidden = hidden(network);
            if (options.contains("hidden") && hidden.isPresent()) {
                chosen.add(option("hidden", hidden.get().toString()));
            }
            var width = width(network);
            if (options.contains("width") && width.isPresent()) {
                chosen.add(option("width", width.get().toString()));
            }
        });
        var config = config(backbone, chosen, USUAL_SIDE);
        var candidates = side.isPresent() ? List.of(side.getAsInt()) : SIDES;
        var fitting = candidates.stream()
                .filter(some -> network(config, some).filter(this::fits).isPresent())
                .toList();
        if (fitting.isEmpty()) {
            problems.add(backbone.name() + ": "
                    + network(config, side.orElse(USUAL_SIDE))
                            .map(network -> String.join(", ", differences(network)))
                            .orElse("it takes no images of that size"));
            return Optional.empty();
        }
        var best = fitting.get(0);
        return network(config, best).map(network -> new Found(config(backbone, chosen, best), network, fitting));
    }

    private boolean hasSobel() {
        var first = shapes.get("features.0.weight");
        return shapes.keySet().stream().anyMatch(name -> name.startsWith("sobel."))
                || (first != null && first.size() == 4 && first.get(1) == 2);
    }

    private RunConfig config(RegisteredComponent backbone, List<ConfigLayer> chosen, int size) {
        var layers = new ArrayList<ConfigLayer>();
        layers.add(ConfigLayer.assignment("the checkpoint", "dataset.path", "."));
        layers.add(ConfigLayer.assignment("the checkpoint", "image.size", Integer.toString(size)));
        layers.add(ConfigLayer.assignment("the checkpoint", "backbone.plugin", backbone.name()));
        layers.addAll(chosen);
        layers.addAll(overrides);
        return reader.read(layers);
    }

    private static ConfigLayer option(String key, String value) {
        return ConfigLayer.assignment("the checkpoint", "backbone." + key, value);
    }

    /** None if the backbone cannot take that side. */
    private static Optional<Network> network(RunConfig config, int size) {
        try {
            return Optional.of(config.backbone().create(Backbone.class).network(TensorShape.image(size)));
        } catch (UadException e) {
            return Optional.empty();
        }
    }

    private Optional<Integer> hidden(Network network) {
        return network.layers().stream()
                .filter(Layer.Linear.class::isInstance)
                .map(Layer.Linear.class::cast)
                .findFirst()
                .flatMap(linear -> rows(linear.name()).filter(rows -> rows != linear.out()));
    }

    private Optional<Double> width(Network network) {
        return network.layers().stream()
                .filter(Layer.Conv2d.class::isInstance)
                .map(Layer.Conv2d.class::cast)
                .findFirst()
                .flatMap(conv ->
                        rows(conv.name()).filter(rows -> rows != conv.out()).map(rows -> (double) rows / conv.out()));
    }

    private Optional<Integer> rows(String layer) {
        return Optional.ofNullable(shapes.get(layer + ".weight"))
                .filter(shape -> !shape.isEmpty())
                .map(shape -> shape.get(0));
    }

    private boolean fits(Network network) {
        return differences(network).isEmpty();
    }

    private List<String> differences(Network network) {
        return StateFit.differences(network, shapes);
    }
}
