package io.uad.runtime.inference;

import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.Csv;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.feature.TapReading;
import io.uad.runtime.listener.StopSignal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a row of features for every image of a folder, in its order. Holds one batch of images at a time.
 *
 * <p>{@code .npy} is a float32 matrix that NumPy reads, with the images' paths, one a line, in {@code NAME.paths.txt}
 * beside it; {@code .csv} and {@code .csv.gz} have columns {@code path,f0,f1,...}. Images that cannot be read have no row.
 */
public final class FeatureExport {
    private static final int BUFFER = 1 << 18;

    private final String kind;
    private final Model model;
    private final Function<OpenModel, BatchFeatures> source;
    private final Dataset dataset;
    private final Settings settings;
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
        if (!isNpy() && !OutputFile.endsWith(settings.file(), ".csv") && !isZipped()) {
            throw UadException.config(
                    "the format is not known by its ending",
                    settings.file().toString(),
                    "a name that ends in .npy, .csv or .csv.gz",
                    "Choose another name with -o");
        }
        OutputFile.check(settings.file(), settings.overwrite());
        if (isNpy()) {
            OutputFile.check(paths(), settings.overwrite());
        }
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
            var images = Images.of(model.config(), dataset, 0, open.listeners());
            var rows = new BitSet();
            if (isNpy()) {
                AtomicFile.write(
                        settings.file(),
                        NpyFormat.HEADER_BYTES,
                        out -> {
                            each(open, features, images, rows, (index, row) -> NpyFormat.write(out, row));
                            writePaths(rows); // before the matrix is there, which is of no use without them
                        },
                        () -> NpyFormat.header(rows.cardinality(), features.columns()));
            } else {
                AtomicFile.write(settings.file(), 0, out -> {
                    var zip = isZipped() ? new GZIPOutputStream(out, BUFFER) : null;
                    var text = new BufferedWriter(
                            new OutputStreamWriter(zip == null ? out : zip, StandardCharsets.UTF_8), BUFFER);
                    writeHeader(text, features.columns());
                    each(open, features, images, rows, (index, row) -> writeLine(text, index, row));
                    text.flush();
                    if (zip != null) {
                        zip.finish();
                    }
                });
            }
            var files = new ArrayList<>(List.of(settings.file()));
            if (isNpy()) {
                files.add(paths());
            }
            var leftOut = images.loader().bad().all().stream()
                    .map(image -> image.path())
                    .toList();
            return new Result(kind, files, rows.cardinality(), features.columns(), leftOut);
        } catch (OutOfMemoryError e) {
            throw Machine.outOfMemory(e);
        }
    }

    private interface RowConsumer {
        void accept(int index, float[] row) throws IOException;
    }

    private void each(OpenModel open, BatchFeatures features, Images images, BitSet rows, RowConsumer consumer)
            throws IOException {
        try (var pass = new Pass("features", images, settings.batch(), open.listeners(), stop)) {
            while (pass.hasNext()) {
                var batch = pass.next();
                var matrix = features.of(batch);
                for (var i = 0; i < matrix.rows(); i++) {
                    consumer.accept(batch.indices()[i], matrix.row(i));
                    rows.set(batch.indices()[i]);
                }
            }
        }
    }

    private void writeHeader(Writer text, int columns) throws IOException {
        text.write("path");
        for (var column = 0; column < columns; column++) {
            text.write(",f" + column);
        }
        text.write('\n');
    }

    private void writeLine(Writer text, int index, float[] row) throws IOException {
        text.write(Csv.quoted(dataset.sample(index).path()));
        for (var value : row) {
            text.write(',');
            text.write(Float.toString(value));
        }
        text.write('\n');
    }

    private void writePaths(BitSet rows) {
        AtomicFile.write(paths(), 0, out -> {
            var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
            for (var index = rows.nextSetBit(0); index >= 0; index = rows.nextSetBit(index + 1)) {
                text.write(dataset.sample(index).path());
                text.write('\n');
            }
            text.flush();
        });
    }

    private boolean isNpy() {
        return OutputFile.endsWith(settings.file(), ".npy");
    }

    private boolean isZipped() {
        return OutputFile.endsWith(settings.file(), ".csv.gz");
    }

    private Path paths() {
        var name = settings.file().getFileName().toString();
        return settings.file().resolveSibling(name.substring(0, name.length() - ".npy".length()) + ".paths.txt");
    }
}
