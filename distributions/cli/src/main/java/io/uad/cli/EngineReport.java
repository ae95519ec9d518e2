package io.uad.cli;

import io.uad.runtime.Mebibytes;
import io.uad.runtime.engine.StageDifference;
import io.uad.runtime.engine.TraceSummary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How far engines are apart, as tables for people or as JSON. */
final class EngineReport {
    private final List<TraceSummary> engines = new ArrayList<>();
    private final List<Compared> compared = new ArrayList<>();

    /** An engine, and how far it is from another one at each stage. */
    private record Compared(String reference, String engine, List<StageDifference> differences) {}

    /** Takes what an engine says of itself. */
    void add(TraceSummary engine) {
        engines.add(engine);
    }

    /** Takes how far an engine is from another one. */
    void add(String reference, String engine, List<StageDifference> differences) {
        compared.add(new Compared(reference, engine, differences));
    }

    /** Whether all that were compared agree at every stage. */
    boolean agrees() {
        return compared.stream().flatMap(each -> each.differences.stream()).allMatch(StageDifference::agrees);
    }

    void print(PrintWriter out) {
        for (var each : compared) {
            out.println(each.engine + " compared with " + each.reference
                    + ": differences relative to the largest and to the mean value; of clusters, the share of images");
            out.println(row("  stage", "largest", "mean", "tolerance", ""));
            for (var difference : each.differences) {
                out.println(row(
                        "  " + difference.stage() + " " + difference.item(),
                        figure(difference.largest()),
                        figure(difference.mean()),
                        figure(difference.stage().tolerance())
                                + (difference.stage().isByMean() ? " mean" : ""),
                        difference.agrees() ? "agrees" : "DIFFERS " + difference.worst()));
            }
            out.println();
        }
        out.println(row("engine", "forward", "training", "memory", ""));
        for (var engine : engines) {
            out.println(row(
                    engine.engine(),
                    milliseconds(engine.forwardMillis()),
                    milliseconds(engine.stepMillis()),
                    engine.peakBytes() == 0 ? "-" : Mebibytes.of(engine.peakBytes()),
                    engine.library() + " on " + engine.device() + ", threads: " + engine.threads()
                            + (engine.deviceReason().isEmpty() ? "" : " (" + engine.deviceReason() + ")")));
        }
        if (!compared.isEmpty()) {
            out.println();
            out.println(agrees() ? "All engines agree." : "The engines do not agree.");
        }
        out.flush();
    }

    private static String row(String name, String first, String second, String third, String rest) {
        return String.format(Locale.ROOT, "%-24s %10s %10s %13s  %s", name, first, second, third, rest)
                .stripTrailing();
    }

    private static String figure(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
    }

    private static String milliseconds(double millis) {
        return String.format(Locale.ROOT, "%.2f ms", millis);
    }

    /** The same for programs. */
    Map<String, Object> values() {
        var stages = new ArrayList<Map<String, Object>>();
        for (var each : compared) {
            each.differences.forEach(difference -> stages.add(values(each, difference)));
        }
        var values = new LinkedHashMap<String, Object>();
        values.put("agrees", agrees());
        values.put("engines", engines.stream().map(EngineReport::values).toList());
        values.put("stages", stages);
        return values;
    }

    private static Map<String, Object> values(TraceSummary engine) {
        var values = new LinkedHashMap<String, Object>();
        values.put("engine", engine.engine());
        values.put("library", engine.library());
        values.put("device", engine.device());
        values.put("deviceReason", engine.deviceReason());
        values.put("threads", engine.threads());
        values.put("precision", engine.precision());
        values.put("images", engine.images());
        values.put("batch", engine.work().batch());
        values.put("forwardMillis", engine.forwardMillis());
        values.put("trainingMillis", engine.stepMillis());
        values.put("peakBytes", engine.peakBytes());
        return values;
    }

    /** Infinite, which JSON does not know, becomes null: a value that is missing or not finite. */
    private static Map<String, Object> values(Compared compared, StageDifference difference) {
        var values = new LinkedHashMap<String, Object>();
        values.put("engine", compared.engine);
        values.put("reference", compared.reference);
        values.put("stage", difference.stage().toString());
        values.put("item", difference.item());
        values.put("worst", difference.worst());
        values.put("largest", Double.isFinite(difference.largest()) ? difference.largest() : null);
        values.put("mean", Double.isFinite(difference.mean()) ? difference.mean() : null);
        values.put("tolerance", difference.stage().tolerance());
        values.put("judged", difference.stage().isByMean() ? "mean" : "largest");
        values.put("agrees", difference.agrees());
        return values;
    }
}
