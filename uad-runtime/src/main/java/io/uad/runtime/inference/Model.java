package io.uad.runtime.inference;

import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Network;
import io.uad.api.dataset.Dataset;
import io.uad.api.engine.TapSelection;
import io.uad.runtime.backbone.Initialization;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.CheckpointStore;
import io.uad.runtime.checkpoint.ProbeProvenance;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.NamedData;
import io.uad.runtime.config.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A network with the weights that it learned, or those that it began with, and images to show it.
 *
 * @param config backbone, image size, engine and the images; not those that it learned from
 * @param dataset the images
 * @param network what the backbone describes
 * @param weights its state, with or without a head
 * @param origin where the weights come from
 * @param clustered what the run clustered; empty if that is not known
 */
public record Model(
        RunConfig config,
        Dataset dataset,
        Network network,
        NamedTensors weights,
        ProbeProvenance.Model origin,
        List<TapSelection> clustered) {
    /** What only learning needs; the plugins that the run used there need not be installed. */
    private static final List<String> LEARNING = List.of("fusion", "reduction", "clustering", "uncertainty");

    private static final String LABELS = "labels";

    public Model {
        clustered = List.copyOf(clustered);
    }

    /**
     * The network of a checkpoint.
     *
     * @param checkpoint its file, or a run's folder
     * @param untrained whether to take the weights that the run began with instead, for comparison
     * @param data the images, for the dataset plugin of the run unless they are a packed copy or {@code overrides} name
     *     another
     * @param overrides what to change in the run's own configuration, such as the engine's threads
     * @throws UadException of kind DATA if there is no such checkpoint
     */
    public static Model of(
            ConfigReader reader, Path checkpoint, boolean untrained, Path data, List<ConfigLayer> overrides) {
        var read = CheckpointStore.readModel(checkpoint);
        var config = config(reader, ofCheckpoint(checkpoint, read), LEARNING, data, overrides);
        return untrained ? untrained(config, origin(checkpoint, read, true)) : of(config, checkpoint, read);
    }

    /** The network that a configuration begins with; the other arguments are those of {@link #of}. */
    public static Model untrained(ConfigReader reader, ConfigLayer base, Path data, List<ConfigLayer> overrides) {
        return untrained(config(reader, base, LEARNING, data, overrides), new ProbeProvenance.Model("", "", true));
    }

    static Model of(RunConfig config, Path checkpoint, Checkpoint read) {
        var dataset = config.dataset().create(Dataset.class);
        return new Model(
                config,
                dataset,
                network(config, dataset),
                read.weights(),
                origin(checkpoint, read, false),
                read.manifest().model().selections());
    }

    private static ProbeProvenance.Model origin(Path checkpoint, Checkpoint read, boolean untrained) {
        return new ProbeProvenance.Model(
                checkpoint.toAbsolutePath().toString(), read.manifest().tensorsSha256(), untrained);
    }

    static ConfigLayer ofCheckpoint(Path checkpoint, Checkpoint read) {
        return ConfigLayer.text(
                checkpoint + " (its configuration)", read.manifest().config());
    }

    static RunConfig config(
            ConfigReader reader, ConfigLayer base, List<String> without, Path data, List<ConfigLayer> overrides) {
        var layers = new ArrayList<ConfigLayer>();
        layers.add(base.without(without));
        layers.addAll(NamedData.layers("the images", data, layers));
        if (reader.read(layers).dataset().option(LABELS).isPresent()) {
            // They belong to what the model learned from.
            layers.add(ConfigLayer.assignment("the images", "dataset." + LABELS, "auto"));
        }
        layers.addAll(overrides);
        return reader.read(layers);
    }

    /** The same for other images. */
    public RunConfig config(ConfigReader reader, Path data) {
        return config(
                reader, ConfigLayer.text("the model's configuration", config.toYaml()), List.of(), data, List.of());
    }

    private static Model untrained(RunConfig config, ProbeProvenance.Model origin) {
        var dataset = config.dataset().create(Dataset.class);
        var network = network(config, dataset);
        return new Model(
                config, dataset, network, Initialization.of(network, new Seed(config.seed())), origin, List.of());
    }

    private static Network network(RunConfig config, Dataset dataset) {
        return config.backbone().create(Backbone.class).network(config.image().inputOf(dataset.summary()));
    }

    /** The highest tap that the run clustered, else the network's. */
    public String highestTap() {
        return clustered.isEmpty()
                ? network.highTap()
                : clustered.get(clustered.size() - 1).tap();
    }

    /**
     * Checks the name of a tap.
     *
     * @param flag that gave it
     * @throws UadException of kind CONFIG if the network has no such tap, naming those it has
     */
    public String requireTap(String tap, String flag) {
        if (!network.taps().containsKey(tap)) {
            throw UadException.config(
                    "the backbone " + network.name() + " has no tap '" + tap + "'",
                    flag,
                    "one of " + String.join(", ", network.taps().keySet()),
                    "Choose a tap of this backbone");
        }
        return tap;
    }

    /** The state without the head, which belongs to the clusters. */
    public NamedTensors body() {
        var kept = new LinkedHashMap<>(weights.asMap());
        kept.remove(network.head() + ".weight");
        kept.remove(network.head() + ".bias");
        return new NamedTensors(kept);
    }
}
