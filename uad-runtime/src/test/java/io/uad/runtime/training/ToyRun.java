package io.uad.runtime.training;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import io.uad.api.engine.Activation;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import io.uad.api.fusion.Fusion;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.Fakes;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plan.Components;
import io.uad.runtime.plan.PreparedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntConsumer;

/** A run on vectors that takes milliseconds: 53 samples, 6 columns, batches of 8 and a last one of 5. */
final class ToyRun {
    static final int SAMPLES = 53;
    private static final int COLUMNS = 6;
    private static final int WIDTH = 4;

    /** Called with each sample that is read; it may throw. */
    IntConsumer reading = sample -> {};

    /** Called with the epoch's features before they are clustered. */
    Runnable clustering = () -> {};

    Set<Integer> broken = Set.of();
    String fingerprint = "toys";
    String engine = "toy";
    String settings = "";
    String threads = "auto";
    String workers = "2";
    String checkpoint = "";

    private final Path folder;

    ToyRun(Path folder) {
        this.folder = folder;
    }

    PreparedRun prepared(int epochs) {
        var registry = Fakes.registry(List.of(
                ToyEngine.component("toy", true),
                ToyEngine.component("lone", false),
                ToyEngine.component("tiny", true, OptionalLong.of(1))));
        var config = new ConfigReader(registry, PresetSource.installed())
                .read(List.of(ConfigLayer.text(
                        "toy.yaml",
                        "output: " + folder + "\ndataset: {path: toys}\nengine: {plugin: " + engine
                                + ", threads: " + threads + "}\nlistener: []\nimage: {workers: " + workers
                                + ", max-bad-share: 0.5}\n"
                                + "checkpoint: {" + checkpoint + "}\ntraining: {epochs: " + epochs
                                + ", batch: 8, learning-rate: 0.1"
                                + (settings.isEmpty() ? "" : ", " + settings) + "}\n")));
        var input = TensorShape.vector(COLUMNS);
        var components = new Components(
                new Vectors(), ToyRun::network, new Whole(), new Centred(), new Quadrants(), (rows, found, context) -> {
                    var weights = new float[rows.rows()];
                    for (var i = 0; i < weights.length; i++) {
                        weights[i] = 0.5f + i % 3;
                    }
                    return weights;
                });
        var network = network(input);
        return new PreparedRun(config, components, network, List.of(TapSelection.all("fc")), new Layout());
    }

    private static Network network(TensorShape input) {
        var layers = List.<Layer>of(new Layer.Linear("fc", input.size(), WIDTH, 0.5));
        return new Network("toy", input, layers, Map.of("fc", 1), "top_layer");
    }

    private final class Vectors implements Dataset {
        @Override
        public DatasetSummary summary() {
            return new DatasetSummary("toys", List.of(), 0, fingerprint, OptionalInt.of(COLUMNS));
        }

        @Override
        public int size() {
            return SAMPLES;
        }

        @Override
        public Sample sample(int index) {
            return new Sample("toy-" + index, -1);
        }

        @Override
        public Content read(int index) throws IOException {
            reading.accept(index);
            if (broken.contains(index)) {
                throw new IOException("broken");
            }
            var values = new float[COLUMNS];
            for (var i = 0; i < COLUMNS; i++) {
                values[i] = (float) (2 * new Seed(index).uniform(i) - 1);
            }
            return new Content.Vector(values);
        }
    }

    private record Whole() implements Fusion {
        @Override
        public List<TapSelection> select(Network network, Seed seed, int epoch) {
            return List.of(TapSelection.all("fc"));
        }

        @Override
        public FusedLayout layout(Network network, List<TapSelection> selections, Seed seed) {
            return new Layout();
        }
    }

    private record Layout() implements FusedLayout {
        @Override
        public List<FusedPart> parts() {
            return List.of(new FusedPart("all", WIDTH));
        }

        @Override
        public double[] scales(double[] variances) {
            return new double[] {1 / Math.sqrt(variances[0])};
        }

        @Override
        public float[] fuse(List<Activation> activations, Seed batch) {
            return activations.get(0).values().clone();
        }
    }

    /** Subtracts the mean of the sample and keeps two columns. */
    private record Centred() implements Reduction {
        @Override
        public Projection fit(FeatureMatrix sample, StageContext context) {
            context.progress().update(1, 1);
            var mean = new float[2];
            for (var i = 0; i < 2; i++) {
                var sum = 0.0;
                for (var row = 0; row < sample.rows(); row++) {
                    sum += sample.get(row, i);
                }
                mean[i] = (float) (sum / sample.rows());
            }
            return new Shift(mean);
        }

        @Override
        public Projection restore(NamedTensors state, LinearAlgebra algebra) {
            return new Shift(state.get("mean").floats());
        }

        @Override
        public int minimumRows() {
            return 1;
        }

        @Override
        public int sampleRows() {
            return 30;
        }
    }

    private record Shift(float[] mean) implements Projection {
        @Override
        public int columns() {
            return 2;
        }

        @Override
        public FeatureMatrix project(FeatureMatrix rows) {
            var reduced = FeatureMatrix.allocate(rows.rows(), 2);
            for (var i = 0; i < rows.rows(); i++) {
                reduced.write(i, 1, new float[] {rows.get(i, 0) - mean[0], rows.get(i, 1) - mean[1]});
            }
            return reduced;
        }

        @Override
        public NamedTensors state() {
            return new NamedTensors(Map.of("mean", Tensor.of(mean, 2)));
        }

        @Override
        public void close() {}
    }

    /** Clusters by the signs of two columns. */
    private final class Quadrants implements ClusteringAlgorithm {
        @Override
        public Clustering cluster(FeatureMatrix features, StageContext context) {
            clustering.run();
            context.progress().update(1, 1);
            var labels = new int[features.rows()];
            for (var i = 0; i < labels.length; i++) {
                labels[i] = (features.get(i, 0) > 0 ? 2 : 0) + (features.get(i, 1) > 0 ? 1 : 0);
            }
            return new Clustering(labels, new float[labels.length], FeatureMatrix.allocate(4, 2), 0);
        }

        @Override
        public int minimumRows() {
            return 1;
        }
    }
}
