package io.uad.runtime.plan;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.NetworkBuilder;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringForecast;
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
import io.uad.api.reduction.ReductionForecast;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.Fakes;
import io.uad.runtime.config.PresetSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run that can be planned and not executed: 8 columns that become 4, 10 clusters, a network of 1,048 weights. */
final class SmallRun {
    static final int COLUMNS = 8;
    static final int REDUCED = 4;
    static final int CLUSTERS = 10;

    private SmallRun() {}

    /** @param settings more YAML */
    static PreparedRun of(int images, String settings) {
        return of(images, settings, true);
    }

    /** @param knows whether reduction and clustering say what they will take */
    static PreparedRun of(int images, String settings, boolean knows) {
        return of(images, settings, knows, 8);
    }

    /** @param side of the images */
    static PreparedRun of(int images, String settings, boolean knows, int side) {
        var config = new ConfigReader(Fakes.registry(), PresetSource.installed())
                .read(List.of(ConfigLayer.text("my.yaml", "dataset: {path: data}\n" + settings)));
        var network = network(TensorShape.image(side));
        var selections = List.of(TapSelection.all("fc"));
        var components = new Components(
                new Images(images),
                SmallRun::network,
                new AllOfIt(),
                new Halves(knows),
                new Groups(knows),
                (rows, clustering, context) -> new float[rows.rows()]);
        return new PreparedRun(config, components, network, selections, new Layout());
    }

    private static Network network(TensorShape input) {
        var builder = new NetworkBuilder("small", input, 8);
        builder.sequential("features").conv(16, 3, 1, 1).relu().maxPool(8, 8, 0);
        builder.add(new Layer.Flatten());
        builder.sequential("classifier").linear(COLUMNS).tap("fc");
        return builder.build("top_layer");
    }

    private record Images(int size) implements Dataset {
        @Override
        public DatasetSummary summary() {
            return new DatasetSummary("data", List.of(), 0, "fingerprint");
        }

        @Override
        public Sample sample(int index) {
            return new Sample("image-" + index, -1);
        }

        @Override
        public Content read(int index) {
            throw new UnsupportedOperationException();
        }
    }

    private record AllOfIt() implements Fusion {
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
            return List.of(new FusedPart("high", COLUMNS));
        }

        @Override
        public float[] fuse(List<Activation> activations, Seed batch) {
            throw new UnsupportedOperationException();
        }
    }

    private record Halves(boolean knows) implements Reduction {
        @Override
        public Projection fit(FeatureMatrix sample, StageContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Projection restore(NamedTensors state, LinearAlgebra algebra) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int minimumRows() {
            return 1;
        }

        @Override
        public int sampleRows() {
            return 1000;
        }

        @Override
        public Optional<ReductionForecast> forecast(int rows, int columns) {
            return knows
                    ? Optional.of(new ReductionForecast(
                            REDUCED, Map.of("axes", List.of(columns, REDUCED)), 1e6, 0, 4L * rows * columns))
                    : Optional.empty();
        }
    }

    private record Groups(boolean knows) implements ClusteringAlgorithm {
        @Override
        public Clustering cluster(FeatureMatrix features, StageContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int minimumRows() {
            return 1;
        }

        @Override
        public Optional<ClusteringForecast> forecast(int rows, int columns) {
            return knows
                    ? Optional.of(new ClusteringForecast(CLUSTERS, 2e6, 0, 4L * rows * columns))
                    : Optional.empty();
        }
    }
}
