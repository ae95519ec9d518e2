package io.uad.runtime.config;

import io.uad.api.ComponentProvider;
import io.uad.api.NoOptions;
import io.uad.api.Option;
import io.uad.api.Options;
import io.uad.runtime.plugin.PluginRegistry;
import io.uad.runtime.plugin.PluginSource;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Components with the names and options of the distribution's plugins, and nothing behind them. */
public final class Fakes {
    private Fakes() {}

    /** Whether a folder is a class. */
    public enum Layout {
        BY_CLASS,
        FLAT
    }

    public record Folder(
            @Option(description = "the folder of images") String path) {}

    public record AlexNet(
            @Option(defaultValue = "false", description = "edges only")
            boolean sobel,

            @Option(defaultValue = "by-class", description = "a choice")
            Layout layout) {}

    public record Djl(
            @Option(defaultValue = "auto", description = "where")
            String device,

            @Option(defaultValue = "auto", min = 1, description = "how many")
            OptionalInt threads) {}

    public record Low(
            @Option(defaultValue = "pool1", description = "where")
            String tap,

            @Option(defaultValue = "8", min = 1, description = "how many")
            int channels) {}

    public record High(
            @Option(defaultValue = "fc7", description = "where")
            String tap) {}

    public record Concat(
            @Option(description = "below") Low low,
            @Option(description = "above") High high) {}

    public record Pca(
            @Option(defaultValue = "256", min = 1, description = "columns")
            OptionalInt components,

            @Option(defaultValue = "20000", min = 1, description = "rows")
            int sample) {}

    public record Kmeans(
            @Option(defaultValue = "10000", min = 1, description = "clusters")
            int k,

            @Option(defaultValue = "20", min = 1, description = "rounds")
            int iterations) {}

    public record Pic(
            @Option(defaultValue = "auto", min = 0, minExclusive = true, description = "width")
            OptionalDouble sigma,

            @Option(defaultValue = "200", min = 1, description = "rounds")
            int iterations) {}

    public record MinMax(
            @Option(defaultValue = "0.5", min = 0, max = 10, description = "floor")
            double gamma,

            @Option(defaultValue = "false", description = "mean 1")
            boolean normalize) {}

    public record Rank(
            @Option(defaultValue = "0.5", min = 0, max = 10, description = "floor")
            double gamma) {}

    public record Halves(
            @Option(defaultValue = "2.0", min = 1, description = "gap")
            double reducingGap) {}

    public record Jsonl(
            @Option(defaultValue = "10", min = 1, description = "steps")
            int everySteps,

            @Option(defaultValue = "[]", min = 0, description = "marks")
            List<Double> marks) {}

    /** All of them. */
    public static PluginRegistry registry() {
        return registry(List.of());
    }

    /** All of them, and some more. */
    public static PluginRegistry registry(List<RegisteredComponent> more) {
        var components = new ArrayList<>(List.of(
                component(Stage.DATASET, "image-folder", Folder.class),
                component(Stage.DECODER, "leptonica", Halves.class),
                component(Stage.DECODER, "plain", NoOptions.class),
                component(Stage.BACKBONE, "alexnet", AlexNet.class),
                component(Stage.ENGINE, "djl", Djl.class),
                component(Stage.FUSION, "concat", Concat.class),
                component(Stage.FUSION, "high-only", High.class),
                component(Stage.REDUCTION, "pca-whiten", Pca.class),
                component(Stage.CLUSTERING, "kmeans", Kmeans.class),
                component(Stage.CLUSTERING, "pic", Pic.class),
                component(Stage.UNCERTAINTY, "uniform", NoOptions.class),
                component(Stage.UNCERTAINTY, "min-max", MinMax.class),
                component(Stage.UNCERTAINTY, "rank", Rank.class),
                component(Stage.LISTENER, "console", NoOptions.class),
                component(Stage.LISTENER, "jsonl", Jsonl.class)));
        components.addAll(more);
        return PluginRegistry.of(List.of(() -> new PluginSource.Contents(components, List.of(), List.of())));
    }

    static RegisteredComponent component(Stage stage, String name, Class<? extends Record> options) {
        var provider = new Provider(name, options);
        return new RegisteredComponent(stage, name, provider.description(), "1", "fake.jar", provider, options);
    }

    /** Describes a component that is never made. */
    record Provider(String name, Class<? extends Record> optionsType) implements ComponentProvider<Object> {
        @Override
        public String description() {
            return "stands for " + name;
        }

        @Override
        public Object create(Options options) {
            return options;
        }
    }
}
