package io.uad.runtime.plan;

import java.util.OptionalInt;

/**
 * How the threads of a machine's processes share its cores. One process that has as many threads as somebody chose, or as
 * there are cores, is what was measured.
 *
 * @param cores of the machine
 * @param processes that share them
 * @param chosen threads of each process; empty if each takes its part of the cores
 */
record CoreShare(int cores, int processes, OptionalInt chosen) {
    /** How many times as long all processes take together for some work as was measured of one. */
    double ofAll() {
        return busy(measured()) / busy((long) processes * own());
    }

    /** The same of one process while the others wait. */
    double ofOne() {
        return busy(measured()) / busy(own());
    }

    private int measured() {
        return chosen.orElse(cores);
    }

    private int own() {
        return chosen.orElse(Math.max(1, cores / processes));
    }

    private double busy(long threads) {
        return Math.min(threads, cores);
    }
}
