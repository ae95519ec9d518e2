package io.uad.benchmarks;

import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.engine.Engine;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import io.uad.api.engine.StageContext;
import io.uad.api.image.Image;
import io.uad.api.image.Resampler;
import io.uad.api.reduction.Reduction;
import io.uad.plugin.engine.djl.DjlOptions;
import io.uad.plugin.engine.djl.DjlProvider;
import io.uad.plugin.reduction.pca.PcaOptions;
import io.uad.plugin.reduction.pca.PcaProvider;
import io.uad.runtime.image.ImageDecoder;
import io.uad.runtime.image.Views;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a run spends its time on besides the network, in milliseconds a call. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class KernelBenchmark {
    private static final Seed SEED = new Seed(31);
    private static final int SIDE = 224;

    /** An engine of one thread, with features on its device. */
    @State(Scope.Benchmark)
    public static class Features {
        private final Engine engine;
        private final MatrixHandle points;
        private final MatrixHandle centroids;

        /** 10,000 points, 1,000 centroids, 256 columns. */
        public Features() {
            engine = new DjlProvider().create(Options.of(new DjlOptions("cpu", OptionalInt.of(1))));
            points = engine.linearAlgebra().upload(SquareProduct.random(10_000, 256, SEED.derive("points")));
            centroids = engine.linearAlgebra().upload(SquareProduct.random(1_000, 256, SEED.derive("centroids")));
        }

        /** Frees the natives' memory. */
        @TearDown
        public void close() {
            engine.close();
        }
    }

    /** Rows for PCA. */
    @State(Scope.Benchmark)
    public static class Rows {
        private final FeatureMatrix sample = SquareProduct.random(5_000, 1_024, SEED.derive("rows"));
        private final Reduction reduction =
                new PcaProvider().create(Options.of(new PcaOptions(OptionalInt.of(128), 20_000)));
    }

    /** A photo-like picture of 500 x 375 pixels, as a file and decoded. */
    @State(Scope.Benchmark)
    public static class Picture {
        private final ImageDecoder decoder = new ImageDecoder(false);
        private final byte[] file = SyntheticJpeg.of(500, 375, SEED);
        private final Image image = decoded(decoder, file);
        private long position;

        private static Image decoded(ImageDecoder decoder, byte[] file) {
            try {
                return decoder.decode(file);
            } catch (IOException e) {
                throw new IllegalStateException("the picture cannot be decoded", e);
            }
        }
    }

    /** One assignment step of k-means. */
    @Benchmark
    public Neighbours nearestCentroids(Features features) {
        return features.engine.linearAlgebra().nearest(features.points, features.centroids, 1);
    }

    /** The graph of PIC: five neighbours of each point among all. */
    @Benchmark
    public Neighbours neighbours(Features features) {
        return features.engine.linearAlgebra().neighbours(features.points, 5);
    }

    /** What each image costs when features are extracted: decoding, and the evaluation view. */
    @Benchmark
    public Image decodeAndEvaluationView(Picture picture) throws IOException {
        var image = picture.decoder.decode(picture.file);
        return Resampler.apply(image, Views.evaluation(image.width(), image.height(), SIDE));
    }

    /** The training view of a decoded image. */
    @Benchmark
    public Image randomResizedCrop(Picture picture) {
        var image = picture.image;
        var seed = SEED.derive(picture.position++);
        return Resampler.apply(image, Views.randomResizedCrop(image.width(), image.height(), SIDE, seed));
    }

    /** Fits 128 components on 5,000 rows of 1,024 columns. */
    @Benchmark
    public int pcaFit(Rows rows, Features features) {
        var context = StageContext.quiet(features.engine.linearAlgebra(), SEED);
        try (var projection = rows.reduction.fit(rows.sample, context)) {
            return projection.columns();
        }
    }
}
