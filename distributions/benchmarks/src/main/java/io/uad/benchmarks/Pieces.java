package io.uad.benchmarks;

import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.engine.Engine;
import io.uad.api.engine.StageContext;
import io.uad.api.image.Normalization;
import io.uad.api.reduction.Projection;
import io.uad.plugin.clustering.kmeans.KMeansOptions;
import io.uad.plugin.clustering.kmeans.KMeansProvider;
import io.uad.plugin.clustering.pic.PicOptions;
import io.uad.plugin.clustering.pic.PicProvider;
import io.uad.plugin.dataset.imagefolder.ImageFolderOptions;
import io.uad.plugin.dataset.imagefolder.ImageFolderProvider;
import io.uad.plugin.reduction.pca.PcaOptions;
import io.uad.plugin.reduction.pca.PcaProvider;
import io.uad.runtime.image.BadImages;
import io.uad.runtime.image.ImageConsumer;
import io.uad.runtime.image.ImageDecoder;
import io.uad.runtime.image.ImageLoader;
import io.uad.runtime.image.ViewChooser;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** All pieces of work, in the order of the table. */
final class Pieces {
    private static final Seed SEED = new Seed(31);
    private static final int BATCH = 128;
    private static final int CLASSES = 1000;
    private static final int COMPONENTS = 256;
    private static final int SIDE = 224;
    private static final int WARM_UP_IMAGES = 300;

    private Pieces() {}

    /** @param settings with every folder filled in */
    static List<Piece> of(SideSettings settings) {
        var pieces = new ArrayList<Piece>();
        pieces.add(image("eval", "decode, resize 256, crop 224, one core", settings));
        pieces.add(image("train", "decode, random resized crop 224, one core", settings));
        pieces.add(new Piece(
                "sgemm",
                "product of 2048 x 2048, GFLOP/s",
                "GFLOP/s",
                null,
                List.of("sgemm", "2048", "20"),
                Pieces::sgemm));
        for (var format : List.of("nchw", "channels_last")) {
            pieces.add(network("train", 224, 1.05, format, 3));
            pieces.add(network("train", 64, 1.0, format, 20));
            pieces.add(network("forward", 224, 1.0, format, 6));
            pieces.add(network("forward", 64, 1.0, format, 40));
        }
        var matrices = new Materials(settings.work());
        pieces.add(new Piece(
                "pca",
                "PCA, 10,000 x 9,216 to 256",
                "s",
                0.2,
                List.of("pca", settings.work().resolve("rows.f32").toString(), "9216", "256"),
                given -> pca(matrices, given)));
        var points = settings.work().resolve("points.f32").toString();
        pieces.add(new Piece(
                "kmeans",
                "k-means, 50,000 x 256, k 1,000, 20 iterations",
                "s",
                0.8,
                List.of("kmeans", points, "256", "1000", "20"),
                given -> kMeans(matrices, given)));
        pieces.add(new Piece(
                "graph",
                "exact graph of 5 neighbours and PIC, 50,000 x 256",
                "s",
                0.4,
                List.of("graph", points, "256", "5"),
                given -> pic(matrices, given, PicOptions.Graph.EXACT)));
        pieces.add(new Piece(
                "graph-approximate",
                "approximate graph of 5 neighbours and PIC, original exact",
                "s",
                0.15,
                List.of("graph", points, "256", "5"),
                given -> pic(matrices, given, PicOptions.Graph.APPROXIMATE)));
        pieces.add(new Piece(
                "epoch",
                "pretext epoch, 224, Sobel, batch 256, k 100",
                "s",
                0.75,
                List.of("epoch", settings.images().toString(), "224", "256", "100"),
                LauncherPieces::epoch,
                Piece.Clock.PROCESS));
        pieces.add(
                new Piece("help", "uad --help", "s", null, List.of(), given -> LauncherPieces.start(given, "--help")));
        pieces.add(new Piece(
                "plugins",
                "uad plugins list",
                "s",
                null,
                List.of(),
                given -> LauncherPieces.start(given, "plugins", "list")));
        return pieces;
    }

    private static Piece image(String views, String what, SideSettings settings) {
        var chooser = views.equals("eval") ? ViewChooser.evaluation(SIDE) : ViewChooser.randomResizedCrop(SIDE, SEED);
        return new Piece(
                "load-" + views,
                what,
                "images/s",
                1.8,
                List.of("load", settings.images().toString(), views),
                given -> load(given.images(), chooser),
                Piece.Clock.ONE_CORE);
    }

    private static Piece network(String work, int side, double goal, String format, int calls) {
        var training = work.equals("train");
        return new Piece(
                work + "-" + side + (format.equals("nchw") ? "" : "-last"),
                (training ? "training step" : "forward") + ", AlexNet " + side + ", batch 128"
                        + (format.equals("nchw") ? "" : ", original in " + format),
                "images/s",
                format.equals("nchw") ? goal : null,
                List.of("network", work, String.valueOf(side), String.valueOf(BATCH), String.valueOf(calls), format),
                given -> network(given, training, side, calls));
    }

    private static Piece.Figure network(SideSettings settings, boolean training, int side, int calls) {
        try (var engine = engine(settings);
                var step = new AlexNetStep(engine, side, BATCH, CLASSES, SEED)) {
            var work = training ? step.training() : step.forward();
            work.call().run();
            work.call().run();
            return Piece.Figure.of((double) BATCH * calls / seconds(() -> repeat(work.call(), calls)));
        }
    }

    private static Piece.Figure sgemm(SideSettings settings) {
        try (var engine = engine(settings);
                var product = new SquareProduct(engine.linearAlgebra(), 2048, SEED)) {
            var work = product.workload();
            work.call().run();
            return Piece.Figure.of(20 * work.flop() * 1e-9 / seconds(() -> repeat(work.call(), 20)));
        }
    }

    private static Piece.Figure load(Path folder, ViewChooser views) {
        var dataset = new ImageFolderProvider().create(Options.of(new ImageFolderOptions(folder.toString())));
        var order = IntStream.range(0, dataset.size()).toArray();
        var settings = new ImageLoader.Settings(1, 3, 0);
        var bad = new BadImages(dataset.size(), 1, folder.toString(), image -> {});
        var loader = new ImageLoader(dataset, new ImageDecoder(false), bad, settings, ImageConsumer.PLAIN);
        pass(loader, Arrays.copyOf(order, Math.min(WARM_UP_IMAGES, order.length)), views);
        return Piece.Figure.of(order.length / seconds(() -> pass(loader, order, views)));
    }

    private static void pass(ImageLoader loader, int[] order, ViewChooser views) {
        var floats = FloatBuffer.allocate(32 * 3 * SIDE * SIDE);
        try (var batches = loader.open(order, 0, views, Normalization.IMAGENET, 32)) {
            batches.forEachRemaining(batch -> batch.inputs().writeTo(floats.clear()));
        }
    }

    private static Piece.Figure pca(Materials materials, SideSettings settings) throws IOException {
        var rows = Materials.read(materials.rows(), Materials.ROWS, Materials.ROW_COLUMNS);
        var reduction = new PcaProvider().create(Options.of(new PcaOptions(OptionalInt.of(COMPONENTS), 20_000)));
        try (var engine = engine(settings)) {
            return Piece.Figure.of(seconds(() -> {
                try (var projection = reduction.fit(rows, StageContext.quiet(engine.linearAlgebra(), SEED))) {
                    project(projection, rows);
                }
            }));
        }
    }

    /** As many at once as a run does. */
    private static void project(Projection projection, FeatureMatrix rows) {
        var atOnce = 1024;
        for (var first = 0; first < rows.rows(); first += atOnce) {
            var block = new float[Math.min(atOnce, rows.rows() - first) * rows.columns()];
            rows.read(first, block.length / rows.columns(), block);
            projection.project(FeatureMatrix.of(block, rows.columns()));
        }
    }

    private static Piece.Figure kMeans(Materials materials, SideSettings settings) throws IOException {
        var options = new KMeansOptions(OptionalInt.of(1000), 20);
        return cluster(new KMeansProvider().create(Options.of(options)), materials, settings, false);
    }

    private static Piece.Figure pic(Materials materials, SideSettings settings, PicOptions.Graph graph)
            throws IOException {
        var options = new PicOptions(
                5, OptionalDouble.of(0.2), 0.001, 200, OptionalInt.empty(), graph, 0.95, Materials.POINTS);
        return cluster(new PicProvider().create(Options.of(options)), materials, settings, true);
    }

    private static Piece.Figure cluster(
            ClusteringAlgorithm algorithm, Materials materials, SideSettings settings, boolean countsClusters)
            throws IOException {
        var points = Materials.read(materials.points(), Materials.POINTS, Materials.POINT_COLUMNS);
        try (var engine = engine(settings)) {
            var began = System.nanoTime();
            var found = algorithm.cluster(points, StageContext.quiet(engine.linearAlgebra(), SEED));
            var seconds = (System.nanoTime() - began) * 1e-9;
            var objective = IntStream.range(0, points.rows())
                    .mapToDouble(row -> found.squaredDistances()[row])
                    .sum();
            return new Piece.Figure(seconds, countsClusters ? found.clusterCount() : objective, null, null);
        }
    }

    private static Engine engine(SideSettings settings) {
        return settings.engine().open(settings.threads());
    }

    private static void repeat(Runnable call, int times) {
        for (var i = 0; i < times; i++) {
            call.run();
        }
    }

    private static double seconds(Runnable work) {
        var began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) * 1e-9;
    }
}
