package io.uad.runtime.config;

import io.uad.runtime.plugin.Stage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A complete, checked configuration.
 *
 * @param seed of every random choice
 * @param output the run's folder
 * @param image how images are read
 * @param dataset where they come from
 * @param decoder what decodes large ones at a fraction of their size; empty to decode all in full
 * @param backbone the network
 * @param engine what computes
 * @param fusion what becomes a feature
 * @param reduction how features shrink
 * @param clustering what gives pseudo-labels
 * @param uncertainty what weighs them
 * @param sampling how an epoch is drawn
 * @param training how the network learns
 * @param checkpoint when the run is written down
 * @param listeners who watches
 * @param notices sentences about the reading that the user should see, such as options that were left out
 */
public record RunConfig(
        long seed,
        Path output,
        ComponentConfig dataset,
        ImageSettings image,
        Optional<ComponentConfig> decoder,
        ComponentConfig backbone,
        ComponentConfig engine,
        ComponentConfig fusion,
        ComponentConfig reduction,
        ComponentConfig clustering,
        ComponentConfig uncertainty,
        SamplingSettings sampling,
        TrainingSettings training,
        CheckpointSettings checkpoint,
        List<ComponentConfig> listeners,
        List<String> notices) {
    /** What stands for a decoder's name to have none after all. */
    static final String NO_DECODER = "none";

    /** The keys of the file's blocks, in the order of the data; the listeners follow. A file may have no decoder. */
    static final List<String> BLOCKS = List.of(
            "dataset",
            "image",
            "decoder",
            "backbone",
            "engine",
            "fusion",
            "reduction",
            "clustering",
            "uncertainty",
            "sampling",
            "training",
            "checkpoint");

    /** Which of these blocks are the runtime's own. */
    static final Map<String, Class<? extends Record>> SETTINGS = Map.of(
            "image", ImageSettings.class,
            "sampling", SamplingSettings.class,
            "training", TrainingSettings.class,
            "checkpoint", CheckpointSettings.class);

    public RunConfig {
        listeners = List.copyOf(listeners);
        notices = List.copyOf(notices);
    }

    /** What the run's results depend on, in the order of the data: all components but the listeners. */
    public List<ComponentConfig> components() {
        return Arrays.stream(Stage.values())
                .filter(stage -> stage != Stage.LISTENER && (stage != Stage.DECODER || decoder.isPresent()))
                .map(this::component)
                .toList();
    }

    /**
     * The component that a stage uses.
     *
     * @throws IllegalArgumentException if the stage has none or several
     */
    public ComponentConfig component(Stage stage) {
        return switch (stage) {
            case DATASET -> dataset;
            case DECODER -> decoder.orElseThrow(() -> new IllegalArgumentException("there is no decoder"));
            case BACKBONE -> backbone;
            case ENGINE -> engine;
            case FUSION -> fusion;
            case REDUCTION -> reduction;
            case CLUSTERING -> clustering;
            case UNCERTAINTY -> uncertainty;
            case LISTENER -> throw new IllegalArgumentException("listeners are several, ask listeners()");
        };
    }

    /** The same with a dataset and an output that are found from any working folder. */
    public RunConfig withAbsolutePaths() {
        var found = dataset.option("path")
                .filter(String.class::isInstance)
                .map(path -> dataset.with("path", absolute((String) path)));
        return with(output.toAbsolutePath(), found.orElse(dataset), image);
    }

    /** The same with other settings for reading images. */
    public RunConfig withImage(ImageSettings changed) {
        return with(output, dataset, changed);
    }

    private RunConfig with(Path folder, ComponentConfig samples, ImageSettings images) {
        return new RunConfig(
                seed,
                folder,
                samples,
                images,
                decoder,
                backbone,
                engine,
                fusion,
                reduction,
                clustering,
                uncertainty,
                sampling,
                training,
                checkpoint,
                listeners,
                notices);
    }

    private static String absolute(String path) {
        try {
            return Path.of(path).toAbsolutePath().toString();
        } catch (InvalidPathException e) {
            return path; // whatever it is, the dataset knows or refuses it
        }
    }

    /** The whole as YAML that names every option. Reading it gives this configuration again, without notices. */
    public String toYaml() {
        var settings = Map.of("image", image, "sampling", sampling, "training", training, "checkpoint", checkpoint);
        var sections = new ArrayList<Section>();
        sections.add(Section.of("", new GeneralSettings(seed, output.toString())));
        for (var key : BLOCKS) {
            var own = settings.get(key);
            if (own != null) {
                sections.add(Section.of(key, own));
            } else if (Stage.of(key) != Stage.DECODER || decoder.isPresent()) {
                sections.add(Section.of(component(Stage.of(key))));
            }
        }
        return new YamlWriter(false)
                .write(sections, listeners.stream().map(Section::of).toList());
    }
}
