package io.uad.api.backbone;

import io.uad.api.TensorShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A network as a description: layers in order, and <em>taps</em>, the named places where activations can be read.
 *
 * <p>The head (a linear layer as wide as there are clusters) is not part of the list: training adds it after the last
 * layer. The tap {@value #TOP} is its output.
 *
 * <p>Names of layers and of the head are unique, those within residual layers included, and so are then the names of all
 * parameters. The constructor follows the shapes through the layers.
 *
 * @param name the backbone's name, for checkpoints; not blank
 * @param input the shape of one input
 * @param layers at least the layers up to the features that the head sees; may be empty, then the head sees the input
 * @param taps for each tap the number of layers that come before it, at least 1; never {@value #TOP}. Their names become
 *     parts of file names: letters, digits, {@code _}, {@code -} and {@code .}
 * @param head the name of the head's parameters, {@code top_layer}
 * @since 0.1
 */
public record Network(String name, TensorShape input, List<Layer> layers, Map<String, Integer> taps, String head) {
    /** The tap that is the head's output. */
    public static final String TOP = "top";

    public Network {
        layers = List.copyOf(layers);
        taps = Collections.unmodifiableMap(new LinkedHashMap<>(taps));
        if (name.isBlank() || head.isBlank()) {
            throw new IllegalArgumentException(
                    "names of network and head must not be blank, were '" + name + "' and '" + head + "'");
        }
        for (var tap : taps.entrySet()) {
            if (tap.getKey().equals(TOP)) {
                throw new IllegalArgumentException("tap " + TOP + " is the head's output and cannot be given");
            }
            if (!tap.getKey().matches("[A-Za-z0-9_.-]+")) {
                throw new IllegalArgumentException(
                        "a tap's name must be of letters, digits, '_', '-' and '.', was '" + tap.getKey() + "'");
            }
            if (tap.getValue() < 1 || tap.getValue() > layers.size()) {
                throw new IllegalArgumentException(
                        "tap " + tap.getKey() + " must lie in 1.." + layers.size() + ", was " + tap.getValue());
            }
        }
        var names = new HashSet<String>();
        names.add(head);
        requireUnique(layers, names);
        Shapes.after(input, layers); // fails here, not when an engine compiles
    }

    /**
     * How many layers come before that tap.
     *
     * @throws IllegalArgumentException if there is no such tap
     */
    public int position(String tap) {
        var position = taps.get(tap);
        if (position == null) {
            throw new IllegalArgumentException("no tap " + tap + " in " + name + "; it has " + taps.keySet());
        }
        return position;
    }

    /**
     * The tap for low-level features where a user names none: the first one right behind a pool, which ends the first
     * block; without any, the first one.
     *
     * @throws IllegalStateException if the network has no taps
     */
    public String lowTap() {
        return tapsInOrder()
                .filter(tap -> isPool(layers.get(position(tap) - 1)))
                .findFirst()
                .orElseGet(() -> tapsInOrder().findFirst().orElseThrow(this::noTaps));
    }

    /**
     * The tap for high-level features where a user names none: the one with the most layers before it.
     *
     * @throws IllegalStateException if the network has no taps
     */
    public String highTap() {
        return tapsInOrder().reduce((before, last) -> last).orElseThrow(this::noTaps);
    }

    /**
     * The shape at a tap, for one sample.
     *
     * @throws IllegalArgumentException if there is no such tap
     */
    public TensorShape shapeAt(String tap) {
        return Shapes.after(input, layers.subList(0, position(tap)));
    }

    /** How many features the head sees. */
    public int featureCount() {
        return Shapes.after(input, layers).size();
    }

    /** How many values of one sample there are while it passes: the input and what each layer puts out, without the head. */
    public long valuesPerSample() {
        return input.size() + Shapes.outputs(input, layers);
    }

    /** All parameters and running statistics without the head's, in the order of PyTorch's state dict. */
    public List<Parameter> parameters() {
        var parameters = new ArrayList<Parameter>();
        Parameters.collect(layers, parameters);
        return List.copyOf(parameters);
    }

    /**
     * The head's two parameters for that many clusters.
     *
     * @param classes at least 1
     */
    public List<Parameter> headParameters(int classes) {
        var parameters = new ArrayList<Parameter>();
        Parameters.collect(List.of(new Layer.Linear(head, featureCount(), classes)), parameters);
        return List.copyOf(parameters);
    }

    private Stream<String> tapsInOrder() {
        return taps.keySet().stream().sorted(Comparator.comparing(taps::get));
    }

    private IllegalStateException noTaps() {
        return new IllegalStateException("the network " + name + " has no taps");
    }

    private static boolean isPool(Layer layer) {
        return layer instanceof Layer.MaxPool2d || layer instanceof Layer.AvgPool2d;
    }

    private static void requireUnique(List<Layer> layers, Set<String> names) {
        for (var layer : layers) {
            if (layer instanceof Layer.Residual residual) {
                requireUnique(residual.main(), names);
                requireUnique(residual.shortcut(), names);
                continue;
            }
            var name = nameOf(layer);
            if (!name.isEmpty() && !names.add(name)) {
                throw new IllegalArgumentException(
                        "names of layers and head must be unique, '" + name + "' comes twice");
            }
        }
    }

    private static String nameOf(Layer layer) {
        if (layer instanceof Layer.FixedConv2d conv) {
            return conv.name();
        }
        if (layer instanceof Layer.Conv2d conv) {
            return conv.name();
        }
        if (layer instanceof Layer.BatchNorm2d norm) {
            return norm.name();
        }
        if (layer instanceof Layer.Linear linear) {
            return linear.name();
        }
        return layer instanceof Layer.Dropout dropout ? dropout.name() : "";
    }
}
