package io.uad.runtime.inference;

import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.feature.TapReading;
import io.uad.runtime.listener.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a row of features for every image of a folder, in its order. Holds one batch of images at a time.
 *
 * <p>{@code .npy} is a float32 matrix that NumPy reads, with the images' paths, one a line, in {@code NAME.paths.txt}
 * beside it; {@code .csv} and {@code .csv.gz} have columns {@code path,f0,f1,...}. Images that cannot be read have no row.
 */
public final class FeatureExport {
    private final String kind;
    private final Model model;
    private final Function<OpenModel, BatchFeatures> source;
    private final Dataset dataset;
    private final Settings settings;
    private final FeatureFile file;
    private final StopSignal stop = new StopSignal();

    /**
     * Where the rows go.
     *
     * @param file its ending decides the format
     * @param overwrite whether it may replace a file
     * @param batch images at once, at least 1
     */
    public record Settings(Path file, boolean overwrite, int batch) {}

    /**
     * What was written.
     *
     * @param kind the tap, or {@code reduced}
     * @param files the features, and with {@code .npy} the paths
     * @param rows images
     * @param columns features of each
     * @param leftOut paths of images that could not be read
     */
    public record Result(String kind, List<Path> files, int rows, int columns, List<String> leftOut) {}

    private FeatureExport(String kind, Model model, Function<OpenModel, BatchFeatures> source, Settings settings) {
        this.kind = kind;
        this.model = model;
        this.source = source;
        this.settings = settings;
        this.file = new FeatureFile(settings.file());
        file.check(settings.overwrite());
        this.dataset = model.dataset();
    }

    /**
     * Features at a tap of a network.
     *
     * @param whole whether to keep the whole activation, else it is pooled as the linear probe does it
     */
    public static FeatureExport ofTap(Model model, String tap, boolean whole, Settings settings) {
        var network = model.network();
        var reading = whole ? TapReading.whole(network, tap) : TapReading.pooled(network, tap);
        return new FeatureExport(tap, model, open -> new TapFeatures(open.session(), network, reading), settings);
    }

    /** The rows that a run clusters: its fused features, as it projects them. */
    public static FeatureExport reduced(ClusteredModel clustered, Settings settings) {
        return new FeatureExport(
                "reduced", clustered.model(), open -> new ClusteredFeatures(clustered, open), settings);
    }

    /** Asks the work to end after the batch in hand by a {@link java.util.concurrent.CancellationException}. */
    public void stop() {
        stop.raise();
    }

    /**
     * Writes the file, or nothing.
     *
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    public Result execute() {
        try (var open = OpenModel.of(model);
                var features = source.apply(open)) {
            var images = open.images(model.config(), dataset);
            var rows = file.write(dataset, features.columns(), row -> each(open, features, images, row));
            var leftOut = images.loader().bad().all().stream()
                    .map(image -> image.path())
                    .toList();
            return new Result(kind, file.files(), rows, features.columns(), leftOut);
        } catch (OutOfMemoryError e) {
            throw Machine.outOfMemory(e);
        }
    }

    private void each(OpenModel open, BatchFeatures features, Images images, FeatureFile.Row row) throws IOException {
        try (var pass = new Pass("features", images, settings.batch(), open.listeners(), stop)) {
            while (pass.hasNext()) {
                var batch = pass.next();
                var rows = features.of(batch);
                for (var i = 0; i < rows.rows(); i++) {
                    row.accept(batch.indices()[i], rows.row(i));
                }
            }
        }
    }
}
