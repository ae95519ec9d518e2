package io.uad.runtime.inference;

import io.uad.api.FeatureMatrix;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.checkpoint.ClusterWriter;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.feature.SpillingStorage;
import io.uad.runtime.listener.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes cluster, squared distance and weight of every image of a folder, seen by the run or not, as {@code
 * clusters/epoch-*.csv.gz} has them. Of images it holds one batch at a time, of their rows in the space of the clusters all,
 * beyond a quarter of the heap in temporary files.
 */
public final class Assignment {
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
        OutputFile.write(file, text -> results[0] = write(text));
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
            var images = open.images(clustered.model().config(), dataset);
            var rows = FeatureMatrix.allocate(images.count(), assigner.columns(), SpillingStorage.temporary());
            var samples = new int[images.count()];
            var clusters = new int[images.count()];
            var distances = new float[images.count()];
            var count = 0;
            try (var pass = new Pass("assigning", images, batch, open.listeners(), stop)) {
                while (pass.hasNext()) {
                    var loaded = pass.next();
                    var some = loaded.indices().length;
                    var assigned = assigner.assign(loaded);
                    rows.write(count, some, assigned.rows().toArray());
                    System.arraycopy(loaded.indices(), 0, samples, count, some);
                    System.arraycopy(assigned.clusters(), 0, clusters, count, some);
                    System.arraycopy(assigned.squaredDistances(), 0, distances, count, some);
                    count += some;
                }
            }
            var all = new Assigner.Assigned(
                    rows.head(count), Arrays.copyOf(clusters, count), Arrays.copyOf(distances, count));
            var weights = assigner.weights(all);
            var writer = new ClusterWriter(out);
            for (var row = 0; row < count; row++) {
                var path = dataset.sample(samples[row]).path();
                writer.row(path, clusters[row], distances[row], weights[row]);
            }
            return new Result(count, images.loader().bad().all().size(), assigner.clusterCount());
        } catch (OutOfMemoryError e) {
            throw Machine.outOfMemory(e);
        }
    }
}
