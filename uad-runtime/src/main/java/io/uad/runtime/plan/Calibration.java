package io.uad.runtime.plan;

import io.uad.api.Batch;
import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.clustering.ClusteringForecast;
import io.uad.api.dataset.Content;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.Engine;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TrainingSession;
import io.uad.api.image.Normalization;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.image.ImageConsumer;
import io.uad.runtime.image.ImageDecoder;
import io.uad.runtime.image.ImageStream;
import io.uad.runtime.image.ViewChooser;
import io.uad.runtime.inference.Images;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.listener.StopSignal;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Does a little of each stage and takes the time: some seconds, whatever the size of the run. */
final class Calibration {
    static final int IMAGES = 64;
    private static final int MEASURED_SIZES = 8;
    private static final int FIRST_BATCH = 8;
    private static final double WARM_UP_SECONDS = 1.5;
    private static final double PASS_SECONDS = 3;
    private static final double OPERATIONS = 4e9;
    private static final int MOST_CLUSTERS = 10_000;
    private static final long CACHE = 256L << 20;
    /** Values of a made-up matrix: 64 MiB. */
    private static final int MOST_VALUES = 1 << 24;

    private final PreparedRun run;
    private final TrainingSession session;
    private final LinearAlgebra algebra;
    private final ImageConsumer consumer;
    private final StopSignal stop;
    private final long cache;
    private final int[] samples;
    private final int clusters;

    /**
     * @param session of the run's network, in any state; it is trained on
     * @param heap how much there may be of it
     * @param stop ends it after the piece in hand
     */
    Calibration(PreparedRun run, TrainingSession session, Engine engine, long heap, StopSignal stop) {
        this.run = run;
        this.session = session;
        this.algebra = engine.linearAlgebra();
        this.consumer = ImageConsumer.of(engine);
        this.stop = stop;
        this.cache = Math.min(CACHE, Limits.forImages(heap));
        this.samples = spread(Math.min(IMAGES, run.images()), run.images()).toArray();
        this.clusters = run.clustering()
                .map(ClusteringForecast::clusters)
                .map(most -> Math.min(most, MOST_CLUSTERS))
                .orElse(2);
    }

    /** So many of the numbers below {@code total}, at equal distances. */
    static IntStream spread(int count, int total) {
        return IntStream.range(0, count).map(i -> (int) ((long) i * total / count));
    }

    /**
     * @throws UadException if images cannot be read, or the engine fails
     * @throws java.util.concurrent.CancellationException if it was asked to stop
     */
    Measured measure() {
        warmUp();
        var images = images(cache);
        var read = drain(images.centred(samples, samples.length));
        var views = ViewChooser.randomResizedCrop(
                images.side(), new Seed(run.config().seed()));
        var cached = drain(images.loader().open(samples, 0, views, Normalization.IMAGENET, samples.length));

        session.replaceHead(clusters, new float[clusters * run.network().featureCount()], new float[clusters]);
        var full = run.trainedAtOnce();
        var forwarded = run.forwardedAtOnce();
        var small = batch(images, Math.min(FIRST_BATCH, full));
        forward(small); // what libraries prepare at a first call
        step(small);
        var smallForward = fastest(() -> forward(small));
        var smallStep = fastest(() -> step(small));
        var more = small.size() * PASS_SECONDS / (smallForward + smallStep);
        var large = batch(images, (int) Math.max(small.size(), Math.min(Math.min(full, forwarded), more)));
        var largeForward = fastest(() -> forward(large));
        var largeStep = fastest(() -> step(large));
        return new Measured(
                read / samples.length,
                cached / samples.length,
                perImage(small.size(), smallForward, large.size(), largeForward, forwarded),
                perImage(small.size(), smallStep, large.size(), largeStep, full),
                productRate(),
                distanceRate(),
                decodedBytes(),
                Machine.here().cores(),
                decodes());
    }

    private Images images(long cacheBytes) {
        return Images.of(run.config(), run.components().dataset(), cacheBytes, consumer, Listeners.of(List.of()));
    }

    /** Decoding is compiled while it runs: the first images are no measure. */
    private void warmUp() {
        var began = System.nanoTime();
        do {
            drain(images(0).centred(samples, samples.length));
        } while (seconds(began) < WARM_UP_SECONDS);
    }

    private double drain(ImageStream stream) {
        return timed(() -> {
            try (stream) {
                while (stream.hasNext()) {
                    stream.next();
                }
            }
        });
    }

    /** Some of the images, again and again if they are not so many. */
    private Batch batch(Images images, int size) {
        var order =
                IntStream.range(0, size).map(i -> samples[i % samples.length]).toArray();
        try (var stream = images.centred(order, size)) {
            if (!stream.hasNext()) {
                throw UadException.data("no image could be read", "calibration", "images", "Check the dataset");
            }
            return stream.next().inputs();
        }
    }

    /**
     * The seconds of an image within a full batch. What a pass takes whatever its size, such as the change of all weights,
     * is divided among more images there.
     */
    static double perImage(int small, double smallSeconds, int large, double largeSeconds, int full) {
        var mean = largeSeconds / large;
        if (large == small) {
            return mean;
        }
        var each = (largeSeconds - smallSeconds) / (large - small);
        each = Math.max(mean / 2, Math.min(mean, each)); // two measurements are not to be trusted beyond that
        return each + (largeSeconds - each * large) / full;
    }

    private void forward(Batch batch) {
        session.forward(batch, run.selections());
    }

    private void step(Batch batch) {
        var labels = IntStream.range(0, batch.size()).map(i -> i % clusters).toArray();
        var weights = new float[batch.size()];
        Arrays.fill(weights, 1);
        session.backward(new LabelledBatch(batch, labels, weights), DropoutSeed.NONE);
        var settings = run.config().training();
        var most = settings.maxGradientNorm().orElse(Double.POSITIVE_INFINITY);
        session.update(new Sgd(0, settings.momentum(), settings.weightDecay()), new Sgd(0, 0, 0), most);
    }

    private double productRate() {
        var columns = run.layout().columns();
        var reduced = fitting(run.reducedColumns(), columns);
        var rows = fitting(rows(2.0 * columns * reduced), columns);
        try (var left = algebra.upload(filler(rows, columns));
                var right = algebra.upload(filler(columns, reduced));
                var sums = algebra.upload(filler(reduced, 1))) {
            var seconds = fastest(() -> {
                try (var product = algebra.multiply(left, false, right, false);
                        var read = algebra.multiply(product, false, sums, false)) {
                    algebra.read(read); // a device may still be at work when it hands out a product
                }
            });
            return 2.0 * rows * columns * reduced / seconds;
        }
    }

    private double distanceRate() {
        var columns = fitting(run.reducedColumns(), clusters);
        var rows = fitting(rows(2.0 * clusters * columns), columns);
        try (var points = algebra.upload(filler(rows, columns));
                var centroids = algebra.upload(filler(clusters, columns))) {
            var seconds = fastest(() -> algebra.nearest(points, centroids, 1));
            return 2.0 * rows * clusters * columns / seconds;
        }
    }

    private int rows(double operationsPerRow) {
        return (int) Math.max(16, Math.min(4096, OPERATIONS / operationsPerRow));
    }

    /** At most so many rows or columns that a made-up matrix stays small; the rate is that of one operation. */
    static int fitting(int wanted, int otherSide) {
        return Math.max(1, Math.min(wanted, MOST_VALUES / otherSide));
    }

    private static FeatureMatrix filler(int rows, int columns) {
        return FeatureMatrix.of(FillerState.values(Math.multiplyExact(rows, columns), 1), columns);
    }

    private boolean decodes() {
        try {
            return run.components().dataset().read(samples[0]) instanceof Content.Encoded;
        } catch (IOException e) {
            return true; // a file, at any rate
        }
    }

    private long decodedBytes() {
        if (run.hasVectors()) {
            return 0;
        }
        var dataset = run.components().dataset();
        var decoder = new ImageDecoder(run.config().image().exifOrientation());
        return (long) spread(Math.min(MEASURED_SIZES, samples.length), samples.length)
                .map(i -> samples[i])
                .mapToLong(sample -> {
                    try {
                        var content = dataset.read(sample);
                        var image = content instanceof Content.Encoded encoded
                                ? decoder.decode(encoded.bytes())
                                : ((Content.Decoded) content).image();
                        return image.rgb().length;
                    } catch (IOException e) {
                        return 0; // the run leaves it out and says so
                    }
                })
                .filter(bytes -> bytes > 0)
                .average()
                .orElse(0);
    }

    private double fastest(Runnable work) {
        return Math.min(timed(work), timed(work));
    }

    private double timed(Runnable work) {
        stop.check();
        var began = System.nanoTime();
        work.run();
        return seconds(began);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
