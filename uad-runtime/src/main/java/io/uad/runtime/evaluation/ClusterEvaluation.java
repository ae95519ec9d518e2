package io.uad.runtime.evaluation;

import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.api.listener.RunEvent;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.inference.Assigner;
import io.uad.runtime.inference.ClusteredModel;
import io.uad.runtime.inference.OpenModel;
import io.uad.runtime.inference.Pass;
import io.uad.runtime.listener.StopSignal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compares the clusters in which a run puts labelled images with their classes. Images without a class do not count. */
public final class ClusterEvaluation {
    private static final int NONE = -1;

    private final ClusteredModel clustered;
    private final Dataset dataset;
    private final int batch;
    private final StopSignal stop = new StopSignal();

    /**
     * What was found.
     *
     * @param images that have a class and could be read
     * @param clusters that they fell into
     * @param classes that they are of
     * @param nmi {@link ClusterMetrics#nmi}
     * @param ari {@link ClusterMetrics#ari}
     * @param accuracy {@link ClusterMetrics#accuracy}
     */
    public record Result(int images, int clusters, int classes, double nmi, double ari, double accuracy) {
        /** The figures as listeners see them. */
        public Map<String, Double> metrics() {
            var metrics = new LinkedHashMap<String, Double>();
            metrics.put("clusters", (double) clusters);
            metrics.put("classes", (double) classes);
            metrics.put("nmi", nmi);
            metrics.put("ari", ari);
            metrics.put("accuracy", accuracy);
            return metrics;
        }
    }

    /**
     * @param batch images at once, at least 1
     * @throws UadException of kind DATA if the images are of fewer than two classes
     */
    public ClusterEvaluation(ClusteredModel clustered, int batch) {
        this.clustered = clustered;
        this.dataset = clustered.model().dataset();
        this.batch = batch;
        var classes = dataset.summary().classes().size();
        if (classes < 2) {
            throw UadException.data(
                    "images of " + classes + " class" + (classes == 1 ? "" : "es"),
                    dataset.summary().location(),
                    "two class folders or more",
                    "Arrange the images as CLASS/IMAGE");
        }
    }

    /** Asks the work to end after the batch in hand by a {@link java.util.concurrent.CancellationException}. */
    public void stop() {
        stop.raise();
    }

    /** Assigns every image and compares. */
    public Result execute() {
        var began = System.nanoTime();
        var found = new int[dataset.size()];
        Arrays.fill(found, NONE);
        try (var open = OpenModel.of(clustered.model());
                var assigner = new Assigner(clustered, open)) {
            var images = open.images(clustered.model().config(), dataset);
            try (var pass = new Pass("assigning", images, batch, open.listeners(), stop)) {
                while (pass.hasNext()) {
                    var loaded = pass.next();
                    var assigned = assigner.assign(loaded);
                    for (var i = 0; i < loaded.indices().length; i++) {
                        found[loaded.indices()[i]] = assigned.clusters()[i];
                    }
                }
            }
            var result = compare(found);
            open.listeners()
                    .on(new RunEvent.EvaluationFinished(
                            "eval clusters", result.images(), result.metrics(), (System.nanoTime() - began) / 1e9));
            return result;
        } catch (OutOfMemoryError e) {
            throw Machine.outOfMemory(e);
        }
    }

    /** @param found the cluster of each image, {@link #NONE} if it could not be read; changed */
    private Result compare(int[] found) {
        var labels = new int[found.length];
        for (var i = 0; i < found.length; i++) {
            labels[i] = found[i] == NONE ? NONE : dataset.sample(i).label();
            found[i] = labels[i] < 0 ? NONE : found[i];
        }
        return new Result(
                (int) Arrays.stream(labels).filter(label -> label >= 0).count(),
                distinct(found),
                distinct(labels),
                ClusterMetrics.nmi(found, labels),
                ClusterMetrics.ari(found, labels),
                ClusterMetrics.accuracy(found, labels));
    }

    private static int distinct(int[] labels) {
        return (int)
                Arrays.stream(labels).filter(label -> label >= 0).distinct().count();
    }
}
