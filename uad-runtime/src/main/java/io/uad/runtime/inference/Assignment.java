package io.uad.runtime.inference;

import io.uad.api.dataset.Dataset;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.ClusterWriter;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.listener.StopSignal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes cluster, squared distance and weight of every image of a folder, seen by the run or not, as {@code
 * clusters/epoch-*.csv.gz} has them. Holds one batch of images at a time.
 */
public final class Assignment {
    private static final int BUFFER = 1 << 16;

    private final ClusteredModel clustered;
    private final Dataset dataset;
    private final int batch;
    private final StopSignal stop = new StopSignal();

    /** @param batch images at once, at least 1; engines may round differently for another number */
    public Assignment(ClusteredModel clustered, int batch) {
        this.clustered = clustered;
        this.dataset = clustered.model().dataset();
        this.batch = batch;
    }

    /** @param leftOut how many images could not be read */
    public record Result(int images, int leftOut, int clusters) {}

    /** Asks the work to end after the batch in hand by a {@link java.util.concurrent.CancellationException}. */
    public void stop() {
        stop.raise();
    }

    /**
     * Writes a file, gzipped if its name ends in {@code .gz}.
     *
     * @throws io.uad.api.UadException of kind CONFIG if it exists and may not be replaced, RESOURCE if it cannot be written
     */
    public Result writeTo(Path file, boolean overwrite) {
        OutputFile.check(file, overwrite);
        var results = new Result[1];
        AtomicFile.write(file, 0, out -> {
            var zip = OutputFile.endsWith(file, ".gz") ? new GZIPOutputStream(out, BUFFER) : null;
            var text =
                    new BufferedWriter(new OutputStreamWriter(zip == null ? out : zip, StandardCharsets.UTF_8), BUFFER);
            results[0] = write(text);
            text.flush();
            if (zip != null) {
                zip.finish();
            }
        });
        return results[0];
    }

    /** Writes to a stream of characters, which stays open. */
    public Result writeTo(Writer out) {
        try {
            var result = write(out);
            out.flush();
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result write(Writer out) throws IOException {
        try (var open = OpenModel.of(clustered.model());
                var assigner = new Assigner(clustered, open)) {
            var images = Images.of(clustered.model().config(), dataset, 0, open.listeners());
            var writer = new ClusterWriter(out);
            var count = 0;
            try (var pass = new Pass("assigning", images, batch, open.listeners(), stop)) {
                while (pass.hasNext()) {
                    var loaded = pass.next();
                    var assigned = assigner.assign(loaded);
                    for (var i = 0; i < loaded.indices().length; i++) {
                        writer.row(
                                dataset.sample(loaded.indices()[i]).path(),
                                assigned.clusters()[i],
                                assigned.squaredDistances()[i],
                                assigned.weights()[i]);
                    }
                    count += loaded.indices().length;
                }
            }
            return new Result(count, images.loader().bad().all().size(), assigner.clusterCount());
        } catch (OutOfMemoryError e) {
            throw Machine.outOfMemory(e);
        }
    }
}
