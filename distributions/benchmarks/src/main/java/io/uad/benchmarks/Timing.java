package io.uad.benchmarks;

/**
 * How fast one call was.
 *
 * @param rate GFLOP/s
 * @param imagesPerSecond 0 if the call has no images
 * @param cores how many the process had while it lasted; less than its threads if others wanted them too
 */
record Timing(double rate, double imagesPerSecond, double cores) {
    /** GFLOP per second of processor time. */
    double cpuRate() {
        return rate / cores;
    }
}
