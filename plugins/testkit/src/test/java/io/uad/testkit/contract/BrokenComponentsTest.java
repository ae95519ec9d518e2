package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ComponentProvider;
import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.clustering.ClusterMeans;
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
import io.uad.api.image.Image;
import io.uad.api.image.ScaledDecoder;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import io.uad.api.uncertainty.ClusterSpread;
import io.uad.api.uncertainty.SampleWeights;
import io.uad.api.uncertainty.Uncertainty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Every contract can fail: each component breaks one promise, and the check of that promise says so. */
class BrokenComponentsTest {
    private static void assertFails(ComponentProvider<?> provider, String... facts) {
        var failed = Contracts.run(provider, null, List.of(facts)::contains).failures().stream()
                .map(Scorecard.Check::name)
                .toList();
        assertTrue(failed.containsAll(List.of(facts)), List.of(facts) + " should fail, and of these did: " + failed);
    }

    /** Fakes are no public services, which is said; everything else about a sound one holds. */
    private static void assertSound(ComponentProvider<?> provider) {
        var failed = Contracts.run(provider).failures().stream()
                .filter(check -> !check.name().startsWith("the provider has a public constructor"))
                .filter(check -> !check.name().startsWith("a service file names"))
                .toList();
        assertEquals(List.of(), failed);
    }

    /** What a decoder does to the image that it should have made. */
    @FunctionalInterface
    private interface Retouching {
        Image on(Image image, byte[] jpeg);
    }

    /** Means of blocks of what the JDK decodes, which complains about files that were cut short. */
    private static Fakes.FakeDecoder decoder(double gap, Retouching retouching) {
        return new Fakes.FakeDecoder(() -> new ScaledDecoder() {
            @Override
            public double reducingGap() {
                return gap;
            }

            @Override
            public Optional<Image> decode(byte[] jpeg, int width, int height, int reduction) {
                return PlainDecoder.decode(jpeg, reduction).map(image -> retouching.on(image, jpeg));
            }
        });
    }

    @Test
    void aSoundDecoderPasses() {
        assertSound(decoder(1, (image, jpeg) -> image));
    }

    @Test
    void aDecoderThatBreaksAPromiseFails() {
        assertFails(decoder(0.5, (image, jpeg) -> image), "the reducing gap is a number of one or more");
        assertFails(decoder(1, (image, jpeg) -> new Image(1, 1, new byte[3])), "sides are quotients rounded up");
        assertFails(
                decoder(1, (image, jpeg) -> new Image(image.width(), image.height(), new byte[image.rgb().length])),
                "a pixel is about the mean of those it stands for");
        assertFails(
                decoder(1, (image, jpeg) -> {
                    image.rgb()[0]++;
                    return image;
                }),
                "a gray image has three equal channels");
        assertFails(
                decoder(1, (image, jpeg) -> {
                    jpeg[0] = 0;
                    return image;
                }),
                "the file is not changed");
        var calls = new AtomicInteger();
        assertFails(
                decoder(1, (image, jpeg) -> {
                    image.rgb()[0] = (byte) calls.incrementAndGet();
                    return image;
                }),
                "several threads and two instances give equal pixels");
    }

    @Test
    void aDecoderThatMakesAnImageOfAnythingFails() {
        var anything = new Fakes.FakeDecoder(() -> new ScaledDecoder() {
            @Override
            public double reducingGap() {
                return 1;
            }

            @Override
            public Optional<Image> decode(byte[] jpeg, int width, int height, int reduction) {
                return Optional.of(new Image(1, 1, new byte[3]));
            }
        });
        assertFails(anything, "a file that was cut short is declined", "a file that is none is declined");
    }

    /** What a clustering does to its result or its rows. */
    @FunctionalInterface
    private interface Mischief {
        Clustering on(FeatureMatrix features, Clustering clustering, StageContext context);
    }

    private static Fakes.FakeClustering clustering(Mischief mischief) {
        return new Fakes.FakeClustering(() -> new ClusteringAlgorithm() {
            @Override
            public Clustering cluster(FeatureMatrix features, StageContext context) {
                if (features.rows() < 2) {
                    throw UadException.config("too few rows", "", "", "");
                }
                features.requireFinite("clustering");
                context.progress().update(1, 1);
                var labels = new int[features.rows()];
                Arrays.setAll(labels, row -> row % 2);
                return mischief.on(features, ClusterMeans.clustering(features, labels, 2), context);
            }

            @Override
            public int minimumRows() {
                return 2;
            }
        });
    }

    @Test
    void aSoundClusteringPasses() {
        assertSound(clustering((features, clustering, context) -> clustering));
    }

    @Test
    void aLabelThatIsNoClusterFails() {
        assertFails(
                clustering((features, clustering, context) -> {
                    clustering.labels()[3] = 2;
                    return clustering;
                }),
                "labels lie between noise and the cluster count");
    }

    @Test
    void distancesThatAreNaNOrOfOtherRowsFail() {
        assertFails(
                clustering((features, clustering, context) -> {
                    clustering.squaredDistances()[3] = Float.NaN;
                    return clustering;
                }),
                "every row gets a label and a distance");
        assertFails(
                clustering((features, clustering, context) -> {
                    clustering.squaredDistances()[3] += 1;
                    return clustering;
                }),
                "distances are those to the own centroid and zero for noise");
    }

    @Test
    void fewerLabelsThanRowsFail() {
        assertFails(
                clustering((features, clustering, context) ->
                        new Clustering(new int[1], new float[1], clustering.centroids(), 0)),
                "every row gets a label and a distance");
    }

    @Test
    void changedFeaturesAndAHistoryFail() {
        var calls = new AtomicInteger();
        assertFails(
                clustering((features, clustering, context) -> {
                    features.write(0, 1, new float[features.columns()]);
                    clustering.labels()[1] = calls.incrementAndGet() % 2;
                    return clustering;
                }),
                "the features are not changed",
                "nothing is kept from one call to the next",
                "equal seeds give equal clusterings from two instances");
    }

    @Test
    void keptFeaturesFail() {
        var kept = new ArrayList<FeatureMatrix>();
        assertFails(
                clustering((features, clustering, context) -> {
                    kept.add(features);
                    return clustering;
                }),
                "twenty calls leave nothing behind");
        assertTrue(kept.size() > 20, "calls: " + kept.size());
    }

    private static Fakes.FakeUncertainty uncertainty(Uncertainty formula) {
        return new Fakes.FakeUncertainty(() -> formula);
    }

    private static float[] sound(Clustering clustering) {
        return SampleWeights.of(clustering, ClusterSpread.of(clustering), row -> 0.5);
    }

    @Test
    void aSoundUncertaintyPasses() {
        assertSound(uncertainty((features, clustering, context) -> sound(clustering)));
    }

    @Test
    void weightsThatAreNegativeOrNaNOrMissingFail() {
        for (var wrong : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertFails(
                    uncertainty((features, clustering, context) -> {
                        var weights = sound(clustering);
                        weights[7] = wrong;
                        return weights;
                    }),
                    "weights are finite and not negative and one per row");
        }
        assertFails(
                uncertainty((features, clustering, context) -> new float[1]),
                "weights are finite and not negative and one per row");
    }

    @Test
    void weightsByPlaceInTheArrayAndOfNoiseFail() {
        assertFails(
                uncertainty((features, clustering, context) -> {
                    var weights = new float[features.rows()];
                    for (var row = 0; row < weights.length; row++) {
                        weights[row] = row / 100f;
                    }
                    return weights;
                }),
                "permuted rows have the same weights",
                "noise weighs nothing",
                "the only member of a cluster weighs one",
                "members that cannot be told apart weigh one");
    }

    /** Takes the first column, and adds something. */
    private record First(float added) implements Projection {
        @Override
        public int columns() {
            return 1;
        }

        @Override
        public FeatureMatrix project(FeatureMatrix rows) {
            var projected = FeatureMatrix.allocate(rows.rows(), 1);
            for (var row = 0; row < rows.rows(); row++) {
                projected.write(row, 1, new float[] {rows.get(row, 0) + added * rows.rows()});
            }
            return projected;
        }

        @Override
        public NamedTensors state() {
            return NamedTensors.empty();
        }

        @Override
        public void close() {}
    }

    private static Fakes.FakeReduction reduction(float added, float restored) {
        return new Fakes.FakeReduction(() -> new Reduction() {
            @Override
            public Projection fit(FeatureMatrix sample, StageContext context) {
                return new First(added);
            }

            @Override
            public Projection restore(NamedTensors state, LinearAlgebra algebra) {
                return new First(restored);
            }

            @Override
            public int minimumRows() {
                return 1;
            }

            @Override
            public int sampleRows() {
                return 1;
            }
        });
    }

    @Test
    void aReductionThatDependsOnTheBatchForgetsItsStateOrTakesEverythingFails() {
        assertFails(
                reduction(1, 2),
                "a row is projected alike in any company",
                "a restored projection gives the same bytes",
                "values that are not finite are a data error",
                "too few rows are a config error",
                "rows of another width are refused");
        assertFails(reduction(Float.NaN, 0), "every row is projected to as many finite columns");
    }

    private static Fakes.FakeFusion fusion(FusedLayout layout, TapSelection selection) {
        return new Fakes.FakeFusion(() -> new Fusion() {
            @Override
            public List<TapSelection> select(Network network, Seed seed, int epoch) {
                return List.of(selection);
            }

            @Override
            public FusedLayout layout(Network network, List<TapSelection> selections, Seed seed) {
                return layout;
            }
        });
    }

    /** Of fc7, which has ten columns. */
    private record Fc7(String name, boolean copied, int[] calls) implements FusedLayout {
        @Override
        public List<FusedPart> parts() {
            return List.of(new FusedPart(name, 10));
        }

        @Override
        public float[] fuse(List<Activation> activations, Seed batch) {
            var values = activations.get(0).values();
            if (copied) {
                return values.clone();
            }
            values[0] = calls[0]++;
            return values;
        }
    }

    @Test
    void aFusionThatCountsAndSharesFails() {
        var fc7 = TapSelection.all("fc7");
        assertFails(
                fusion(new Fc7("high", false, new int[1]), fc7),
                "equal seeds give equal rows from two instances",
                "batches may come in any order",
                "the activations are not changed and the rows are the callers own");
        assertFails(fusion(new Fc7("", true, new int[1]), fc7), "the parts add up to the row");
        assertFails(
                fusion(new Fc7("high", true, new int[1]), TapSelection.all("conv1")),
                "every sample becomes a row of finite values");
        assertFails(
                fusion(new Fc7("high", true, new int[1]), TapSelection.all("nowhere")),
                "the selections are taps and channels of the network");
    }

    @Test
    void aBackboneThatCountsOrThrowsOtherErrorsFails() {
        var calls = new AtomicInteger();
        assertFails(
                new Fakes.FakeBackbone(() -> input -> new Network(
                        "counted" + calls.incrementAndGet(), input, List.of(new Layer.Relu()), Map.of(), "top_layer")),
                "equal shapes give equal networks from two instances",
                "there is a tap to read features from");
        assertFails(
                new Fakes.FakeBackbone(() -> input -> {
                    if (input.height() < 32) {
                        throw new IllegalStateException("too small");
                    }
                    return new Network("late", input, List.of(new Layer.Flatten()), Map.of("flat", 1), "top_layer");
                }),
                "inputs that it cannot take are config errors",
                "an image that is too small is told the smallest side");
    }

    private static Fakes.FakeDataset dataset(boolean shared, int label) {
        var rows = new float[][] {{1, 2}, {3, 4}};
        return new Fakes.FakeDataset(() -> new Dataset() {
            @Override
            public DatasetSummary summary() {
                return new DatasetSummary("memory", List.of("a"), 0, "f", OptionalInt.of(2));
            }

            @Override
            public int size() {
                return rows.length;
            }

            @Override
            public Sample sample(int index) {
                if (index < 0 || index >= rows.length) {
                    throw new IndexOutOfBoundsException(index);
                }
                return new Sample("row" + index, label);
            }

            @Override
            public Content read(int index) {
                return new Content.Vector(shared ? rows[index] : rows[index].clone());
            }
        });
    }

    @Test
    void aDatasetThatSharesItsRowsOrHasNoSuchClassFails() {
        assertSound(dataset(false, 0));
        assertFails(dataset(true, 0), "what was read belongs to the receiver");
        assertFails(dataset(false, 1), "labels are indices of classes or none");
    }

    @Test
    void aListenerThatThrowsFails() {
        assertSound(new Fakes.FakeListener(() -> event -> {}));
        assertFails(
                new Fakes.FakeListener(() -> event -> {
                    throw new IllegalStateException("no");
                }),
                "a whole run is heard");
    }
}
