package io.uad.benchmarks;

/**
 * Something to be timed.
 *
 * @param name for the report
 * @param flop of one call, as {@link Work} counts
 * @param images of one call, 0 if it has none
 * @param call does it once, to the end
 */
record Workload(String name, double flop, int images, Runnable call) {
    /** One call. */
    Timing time() {
        var cpuBefore = Processor.cpuNanoseconds();
        var before = System.nanoTime();
        call.run();
        var seconds = (System.nanoTime() - before) * 1e-9;
        return new Timing(
                flop * 1e-9 / seconds, images / seconds, (Processor.cpuNanoseconds() - cpuBefore) * 1e-9 / seconds);
    }
}
