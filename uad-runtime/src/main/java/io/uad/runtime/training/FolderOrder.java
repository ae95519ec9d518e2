package io.uad.runtime.training;

import io.uad.api.Seed;
import io.uad.runtime.evaluation.ClusterMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How far clusters follow the order of the files: the alarm for features that depend on their batch.
 *
 * <p>Files come class by class, so clusters that find classes follow their order too, and rightly. Within a class they should
 * not: what is left of the agreement when the files of each class change places is what the classes explain, and chance.
 *
 * @param nmi of the clusters and the files' places, a place being as many neighbours as a batch has images
 * @param shuffled the highest such figure of some shuffles within classes
 * @param spread how much higher that is than the lowest: what chance does
 */
record FolderOrder(double nmi, double shuffled, double spread) {
    private static final int SHUFFLES = 10;

    /** Redrawing 8 of 96 channels for each batch of 16 adds 0.07 to 0.11 to 480 images on an untrained AlexNet. */
    private static final double SUSPICIOUS = 0.05;

    /**
     * @param labels the cluster of each row
     * @param samples the sample of each row
     * @param classes the class of each row, one negative number for none
     * @param batch images per place
     * @param seed for the shuffles
     */
    static FolderOrder of(int[] labels, int[] samples, int[] classes, int batch, Seed seed) {
        var places = Arrays.stream(samples).map(sample -> sample / batch).toArray();
        var groups = groups(classes);
        var shuffled = IntStream.range(0, SHUFFLES)
                .mapToDouble(shuffle -> ClusterMetrics.nmi(labels, shuffled(places, groups, seed.derive(shuffle))))
                .summaryStatistics();
        return new FolderOrder(
                ClusterMetrics.nmi(labels, places), shuffled.getMax(), shuffled.getMax() - shuffled.getMin());
    }

    /** Whether it is so high that a user should know. */
    boolean isSuspicious() {
        return nmi > shuffled + Math.max(SUSPICIOUS, spread);
    }

    /** What a user should know if it is. */
    String explanation() {
        return String.format(
                Locale.ROOT,
                "the clusters follow the order of the files (nmi-folder-order %.2f, at most %.2f with the files of each "
                        + "class shuffled). Neighbouring files that look alike, such as frames of a film, explain that; "
                        + "else the features depend on their batch, which gives the class away",
                nmi,
                shuffled);
    }

    private static List<int[]> groups(int[] classes) {
        var rows = new LinkedHashMap<Integer, List<Integer>>();
        for (var row = 0; row < classes.length; row++) {
            rows.computeIfAbsent(classes[row], label -> new ArrayList<>()).add(row);
        }
        return rows.values().stream()
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private static int[] shuffled(int[] places, List<int[]> groups, Seed seed) {
        var result = new int[places.length];
        for (var number = 0; number < groups.size(); number++) {
            var rows = groups.get(number);
            var order = seed.derive(number).choose(rows.length, rows.length);
            for (var i = 0; i < rows.length; i++) {
                result[rows[i]] = places[rows[order[i]]];
            }
        }
        return result;
    }
}
