package io.uad.api.clustering;

/**
 * What a clustering will take, known before it begins: for plans. Too little is better than too much, since a run that cannot
 * get so much memory is refused.
 *
 * @param clusters at most, 1 or more
 * @param operations multiplications and additions, those outside of the engine counted as many times as they are slower
 *     there; 0 or more, a rough number
 * @param heapBytes Java's memory at least, without the features
 * @param deviceBytes the engine's memory at least, such as that of a copy of the features
 * @since 0.1
 */
public record ClusteringForecast(int clusters, double operations, long heapBytes, long deviceBytes) {
    public ClusteringForecast {
        if (clusters < 1 || !(operations >= 0) || heapBytes < 0 || deviceBytes < 0) {
            throw new IllegalArgumentException("clusters must be 1 or more and the rest 0 or more, were " + clusters
                    + ", " + operations + ", " + heapBytes + " and " + deviceBytes);
        }
    }
}
