package io.uad.runtime.training;

import io.uad.api.clustering.Clustering;
import io.uad.api.fusion.FusedPart;
import io.uad.runtime.evaluation.ClusterMetrics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The figures of an epoch that are known once its pseudo-labels are: names in kebab-case, in a fixed order. */
final class EpochMetrics {
    private EpochMetrics() {}

    /**
     * @param samples the sample of each row
     * @param classLabels {@code [N]} labels of the dataset, -1 for none; looked at for this report only
     * @param order how far the clusters follow the order of the files
     */
    static Map<String, Double> of(
            Clustering clustering,
            float[] weights,
            int[] samples,
            int @Nullable [] previousLabels,
            int[] classLabels,
            FolderOrder order) {
        var metrics = new LinkedHashMap<String, Double>();
        var labels = clustering.labels();
        var sizes = Arrays.stream(clustering.sizes()).filter(size -> size > 0).toArray();
        metrics.put("images", (double) labels.length);
        metrics.put("clusters", (double) sizes.length);
        metrics.put("empty-clusters", (double) (clustering.clusterCount() - sizes.length));
        metrics.put("singleton-clusters", (double)
                Arrays.stream(sizes).filter(size -> size == 1).count());
        metrics.put("largest-cluster", (double) Arrays.stream(sizes).max().orElse(0));
        metrics.put("objective", clustering.objective());
        if (previousLabels != null) {
            metrics.put("nmi-previous", ClusterMetrics.nmi(labels, at(previousLabels, samples)));
        }
        var truth = at(classLabels, samples);
        if (Arrays.stream(truth).filter(label -> label >= 0).distinct().count() > 1) {
            metrics.put("nmi-labels", ClusterMetrics.nmi(labels, truth));
        }
        metrics.put("nmi-folder-order", order.nmi());
        metrics.put("nmi-folder-order-shuffled", order.shuffled());
        var trusted = IntStream.range(0, weights.length)
                .filter(row -> labels[row] != Clustering.NOISE)
                .mapToDouble(row -> weights[row])
                .summaryStatistics();
        metrics.put("weight-mean", trusted.getAverage());
        metrics.put("weight-min", trusted.getMin());
        metrics.put("weight-max", trusted.getMax());
        return metrics;
    }

    /** The share of each fused part in the variance of the fused features. */
    static Map<String, Double> shares(List<FusedPart> parts, double[] shares) {
        var metrics = new LinkedHashMap<String, Double>();
        for (var i = 0; i < shares.length; i++) {
            metrics.put("variance-share-" + parts.get(i).name(), shares[i]);
        }
        return metrics;
    }

    /** The value of each row's sample. */
    static int[] at(int[] values, int[] samples) {
        return Arrays.stream(samples).map(sample -> values[sample]).toArray();
    }
}
