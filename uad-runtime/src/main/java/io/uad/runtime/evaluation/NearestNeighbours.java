package io.uad.runtime.evaluation;

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.api.listener.RunEvent;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.feature.FrozenNetwork;
import io.uad.runtime.feature.SpillingStorage;
import io.uad.runtime.feature.TapReading;
import io.uad.runtime.inference.Model;
import io.uad.runtime.inference.OpenModel;
import io.uad.runtime.inference.Pass;
import io.uad.runtime.listener.StopSignal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures features without training: each image of {@code val/} is given the class of its nearest neighbours in {@code
 * train/}, by cosine similarity and weighted votes ({@link NeighbourVote}).
 *
 * <p>The rows of {@code train/} lie on the heap up to a quarter of it, else in a temporary file; those of {@code val/} are
 * searched for as they come.
 */
public final class NearestNeighbours {
    /** Of bank or of queries on the device at once. */
    private static final long BLOCK_BYTES = 64L << 20;

    private static final int MOST_QUERIES = 4096;

    private final Model model;
    private final LabelledData data;
    private final Settings settings;
    private final TapReading reading;
    private final StopSignal stop = new StopSignal();

    /**
     * What is measured.
     *
     * @param data a folder with {@code train/} and {@code val/}, each with one folder per class
     * @param tap whose activations, pooled as the linear probe does it
     * @param neighbours how many of them vote: one result for each number, which is 1 or more
     * @param temperature of the votes, above 0
     * @param batch images at once, at least 1
     */
    public record Settings(Path data, String tap, List<Integer> neighbours, double temperature, int batch) {
        /** @throws UadException of kind CONFIG if a number is out of its range */
        public Settings {
            neighbours = neighbours.stream().distinct().sorted().toList();
            if (neighbours.isEmpty() || neighbours.get(0) < 1) {
                throw UadException.config("found " + neighbours, "--k", "numbers of 1 or more", "Correct it");
            }
            if (!(temperature > 0) || Double.isInfinite(temperature)) {
                throw UadException.config("found " + temperature, "--temperature", "a number above 0", "Correct it");
            }
        }
    }

    /**
     * What was found.
     *
     * @param features width of a row
     * @param bank images of train/
     * @param queries images of val/
     */
    public record Result(String tap, int features, int bank, int queries, List<Score> scores) {
        public Result {
            scores = List.copyOf(scores);
        }

        /** All figures, such as {@code k20-top1}, as listeners see them. */
        public Map<String, Double> metrics() {
            var metrics = new LinkedHashMap<String, Double>();
            for (var score : scores) {
                metrics.put("k" + score.k() + "-top1", score.top1());
                metrics.put("k" + score.k() + "-top5", score.top5());
            }
            return metrics;
        }
    }

    /** Accuracies with {@code k} neighbours, in percent; a class that no neighbour has does not count as found. */
    public record Score(int k, double top1, double top5) {}

    /** @throws UadException if data and numbers do not fit together */
    public NearestNeighbours(ConfigReader reader, Model model, Settings settings) {
        this.model = model;
        this.settings = settings;
        this.data = LabelledData.of(reader, model, settings.data());
        this.reading = TapReading.pooled(model.network(), model.requireTap(settings.tap(), "--tap"));
        requireBank(data.train().size());
    }

    /** Asks the work to end after the batch in hand by a {@link java.util.concurrent.CancellationException}. */
    public void stop() {
        stop.raise();
    }

    /** Reads both parts and scores the second. */
    public Result execute() {
        var began = System.nanoTime();
        try (var open = OpenModel.of(model)) {
            var frozen = new FrozenNetwork(open.session(), model.network(), List.of(reading));
            var columns = reading.columns();
            var rows = FeatureMatrix.allocate(data.train().size(), columns, SpillingStorage.temporary());
            var labels = new int[data.train().size()];
            var kept = 0;
            try (var pass = pass("features of train/", data.train(), open)) {
                while (pass.hasNext()) {
                    var batch = pass.next();
                    var count = batch.indices().length;
                    rows.write(
                            kept,
                            count,
                            UnitRows.scale(frozen.read(batch.inputs()).get(0), columns));
                    System.arraycopy(LabelledData.labels(data.train(), batch.indices()), 0, labels, kept, count);
                    kept += count;
                }
            }
            requireBank(kept);
            var perBlock = (int) Math.max(1, BLOCK_BYTES / (columns * (long) Float.BYTES));
            var bank = new NeighbourBank(rows.head(kept), perBlock, open.algebra());
            var vote = new NeighbourVote(data.classCount(), settings.temperature());
            var queriesAtOnce = Math.max(settings.batch(), Math.min(perBlock, MOST_QUERIES));
            var tally = new NeighbourTally(bank, labels, vote, settings.neighbours(), queriesAtOnce);
            try (var pass = pass("neighbours of val/", data.validation(), open)) {
                while (pass.hasNext()) {
                    var batch = pass.next();
                    tally.add(
                            UnitRows.scale(frozen.read(batch.inputs()).get(0), columns),
                            LabelledData.labels(data.validation(), batch.indices()));
                }
            }
            var scores = tally.scores();
            var result = new Result(reading.tap(), columns, kept, tally.queries(), scores);
            open.listeners()
                    .on(new RunEvent.EvaluationFinished(
                            "eval knn", result.queries(), result.metrics(), (System.nanoTime() - began) / 1e9));
            return result;
        } catch (OutOfMemoryError e) {
            throw Machine.outOfMemory(e);
        }
    }

    private Pass pass(String stage, Dataset dataset, OpenModel open) {
        var images = open.images(model.config(), dataset);
        return new Pass(stage, images, settings.batch(), open.listeners(), stop);
    }

    private void requireBank(int size) {
        var most = settings.neighbours().get(settings.neighbours().size() - 1);
        if (most > size) {
            throw UadException.config(
                    most + " neighbours among the " + size + " images of train/",
                    "--k",
                    "1 to " + size,
                    "Ask for fewer neighbours");
        }
    }
}
