package io.uad.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times workloads in turn, a burst of the reference before and after each, so that what else the machine does meets all
 * of them alike.
 */
final class Rounds {
    private static final int BURST = 4;
    private static final int WARM_UP = 3;

    private final Workload reference;
    private final List<Timing> references = new ArrayList<>();
    private final Map<Workload, List<Compared>> timings = new LinkedHashMap<>();

    /**
     * A call beside its neighbours.
     *
     * @param timing of the call
     * @param share its rate divided by the median rate of the reference in the bursts around it
     * @param cpuShare the same of rates per processor time, which others on the machine disturb less
     */
    record Compared(Timing timing, double share, double cpuShare) {
        static Compared of(Timing timing, List<Timing> around) {
            return new Compared(
                    timing,
                    timing.rate() / Spread.of(around, Timing::rate).median(),
                    timing.cpuRate() / Spread.of(around, Timing::cpuRate).median());
        }
    }

    Rounds(Workload reference, List<Workload> workloads) {
        this.reference = reference;
        workloads.forEach(workload -> timings.put(workload, new ArrayList<>()));
    }

    /**
     * Runs everything a few times and forgets the times: what is compiled or allocated at first is no part of a rate, and
     * the allocator takes some steps to settle.
     */
    void warmUp() {
        burst();
        for (var call = 0; call < WARM_UP; call++) {
            timings.keySet().forEach(Workload::time);
        }
    }

    /** One call of each workload. */
    void run() {
        var before = burst();
        references.addAll(before);
        for (var entry : timings.entrySet()) {
            var timing = entry.getKey().time();
            var after = burst();
            references.addAll(after);
            var around = new ArrayList<>(before);
            around.addAll(after);
            entry.getValue().add(Compared.of(timing, around));
            before = after;
        }
    }

    /** Every call of the reference. */
    List<Timing> references() {
        return List.copyOf(references);
    }

    /** Every call of a workload. */
    List<Compared> of(Workload workload) {
        return List.copyOf(timings.getOrDefault(workload, List.of()));
    }

    private List<Timing> burst() {
        var burst = new ArrayList<Timing>();
        for (var i = 0; i < BURST; i++) {
            burst.add(reference.time());
        }
        return burst;
    }
}
