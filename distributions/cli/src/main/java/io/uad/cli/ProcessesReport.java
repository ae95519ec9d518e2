package io.uad.cli;

import io.uad.runtime.plan.Place;
import io.uad.runtime.plan.RunPlan;
import io.uad.runtime.process.Topology;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a plan says of processes beside the one that leads: text for people, or JSON. */
final class ProcessesReport {
    private final RunPlan plan;
    private final Topology processes;

    ProcessesReport(RunPlan plan) {
        this.plan = plan;
        this.processes = plan.processes();
    }

    /** How many there are, in a line. */
    String fact() {
        return processes.size() + (isTogether() ? " on this machine" : " on as many machines like this one")
                + ", each with " + processes.longestSlice(plan.batch()) + " images of a step at the most";
    }

    private boolean isTogether() {
        return processes.here() > 1;
    }

    /** Whose things lie in a place, as part of a title. */
    String whose(Place place) {
        return processes.isAlone() || place == Place.DISK ? "" : ", process 0";
    }

    /** What each other process takes, and all of this machine. Nothing for one process. */
    void print(PrintWriter out) {
        if (processes.isAlone()) {
            return;
        }
        out.println();
        out.println(
                processes.size() == 2
                        ? "The other process, which neither clusters nor writes"
                        : "Each of the " + (processes.size() - 1)
                                + " other processes, which neither cluster nor write");
        printPeak(out, "Java's heap", plan.othersPeakBytes(Place.HEAP), of(othersHeap()));
        printPeak(out, "memory beside the heap", plan.othersPeakBytes(Place.NATIVE), "");
        var limits = plan.limits();
        printPeak(
                out,
                limits.hasDevice() ? "its own device's memory" : "the engine's memory",
                plan.othersPeakBytes(Place.DEVICE),
                limits.hasDevice() && limits.device() > 0 ? of(limits.device()) + " if it is like this one" : "");
        out.println();
        out.println("This machine's memory, with "
                + (isTogether() ? "its " + processes.size() + " processes" : "process 0") + ": about "
                + PlanReport.size(plan.machineBytes()) + " at the most"
                + (limits.host() == 0 ? "" : of(limits.host())));
        if (isTogether()) {
            printPeak(out, "process 0", plan.processBytes(), "");
            printPeak(out, "each other process", plan.otherProcessBytes(), "");
        }
    }

    private static void printPeak(PrintWriter out, String name, long bytes, String limit) {
        out.println(String.format(Locale.ROOT, "  %-36s %10s at the most%s", name, PlanReport.size(bytes), limit));
    }

    private static String of(long limit) {
        return ", of " + PlanReport.size(limit);
    }

    private long othersHeap() {
        return processes.heapOfOthers(plan.limits().heap());
    }

    /** The same for programs. */
    Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        values.put("count", processes.size());
        values.put("onThisMachine", processes.here());
        values.put("machineBytes", plan.machineBytes());
        values.put("other", processes.isAlone() ? null : other());
        return values;
    }

    private Map<String, Object> other() {
        var values = new LinkedHashMap<String, Object>();
        values.put("heap", othersHeap());
        values.put("processBytes", plan.otherProcessBytes());
        values.put("peakBytes", PlanReport.peaks(plan::othersPeakBytes));
        values.put("sizes", PlanReport.values(plan.others()));
        return values;
    }
}
