package io.uad.cli;

import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedPart;
import io.uad.runtime.Mebibytes;
import io.uad.runtime.plan.Limits;
import io.uad.runtime.plan.Place;
import io.uad.runtime.plan.RunPlan;
import io.uad.runtime.plan.SizedThing;
import io.uad.runtime.plan.StageSeconds;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A plan as tables for people or as JSON. */
final class PlanReport {
    private static final double KIBI = 1024;
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private final RunPlan plan;
    private final ProcessesReport others;

    PlanReport(RunPlan plan) {
        this.plan = plan;
        this.others = new ProcessesReport(plan);
    }

    /** @param command that comes next */
    void print(PrintWriter out, String command) {
        facts().forEach((name, fact) -> out.println(String.format(Locale.ROOT, "%-12s %s", name, fact)));
        printSizes(out);
        others.print(out);
        if (!plan.seconds().isEmpty()) {
            printSeconds(out);
        }
        out.println();
        out.println(plan.warnings().isEmpty() ? "No warnings." : "Warnings");
        plan.warnings().forEach(warning -> {
            out.println("  - " + warning.what() + ".");
            out.println("    What to do: " + warning.fix() + ".");
        });
        out.println();
        out.println("To run it: uad " + command);
        out.flush();
    }

    private Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put(
                "dataset",
                plan.location() + ": " + plan.images() + " samples"
                        + (plan.classes() == 0 ? ", no labels" : " in " + count(plan.classes(), "class", "es")));
        facts.put("output", plan.output().toString());
        facts.put("engine", plan.engine());
        if (!plan.processes().isAlone()) {
            facts.put("processes", others.fact());
        }
        facts.put("input", plan.input().toString());
        facts.put("taps", plan.selections().stream().map(PlanReport::tap).collect(Collectors.joining(", ")));
        facts.put(
                "features",
                plan.parts().stream()
                                .map(part -> part.name() + " " + part.columns())
                                .collect(Collectors.joining(" + "))
                        + " = " + plan.fusedColumns() + " columns, reduced to "
                        + (plan.components().isPresent() ? plan.components().getAsInt() : "what the plugin finds"));
        facts.put(
                "clusters",
                plan.clusters().isPresent()
                        ? plan.clusters().getAsInt() + ", "
                                + plan.images() / plan.clusters().getAsInt() + " samples each"
                        : "as many as the plugin finds");
        facts.put(
                "training",
                count(plan.epochs(), "epoch", "s") + " of " + count(plan.steps(), "step", "s") + ", batches of "
                        + plan.batch());
        return facts;
    }

    private static String count(int number, String one, String ending) {
        return number + " " + one + (number == 1 ? "" : ending);
    }

    private static String tap(TapSelection selection) {
        return selection.tap()
                + (selection.channels().isEmpty()
                        ? ""
                        : " (" + selection.channels().size() + " channels)");
    }

    private void printSizes(PrintWriter out) {
        for (var place : Place.values()) {
            var things = plan.things().stream()
                    .filter(thing -> thing.place() == place)
                    .sorted(Comparator.comparingLong(SizedThing::bytes).reversed())
                    .toList();
            out.println();
            out.println(name(place) + others.whose(place) + ": about " + size(plan.peakBytes(place)) + " at the most"
                    + limit(place));
            things.forEach(thing -> out.println(String.format(
                    Locale.ROOT, "  %-36s %10s  %s", thing.name(), size(thing.bytes()), thing.meaning())));
        }
    }

    private String name(Place place) {
        return switch (place) {
            case HEAP -> "Java's heap";
            case NATIVE -> "Memory beside the heap";
            case DEVICE ->
                plan.limits().hasDevice() ? "The device's memory" : "The engine's memory, beside the heap, too";
            case DISK -> "Disk";
        };
    }

    private String limit(Place place) {
        var limits = plan.limits();
        var bytes = switch (place) {
            case HEAP -> limits.heap();
            case NATIVE -> limits.host();
            case DEVICE -> limits.hasDevice() ? limits.device() : limits.host();
            case DISK -> limits.disk();
        };
        if (place == Place.DISK) {
            return bytes == Limits.UNKNOWN_DISK ? "" : ", of " + size(bytes) + " free";
        }
        return bytes == 0 ? "" : ", of " + size(bytes);
    }

    private void printSeconds(PrintWriter out) {
        out.println();
        var unknown = plan.unknownStages();
        out.println("Time, estimated: " + (unknown.isEmpty() ? "" : "at least ") + duration(plan.totalSeconds())
                + " in all" + (unknown.isEmpty() ? "" : ", without " + String.join(" and ", unknown)));
        out.println(row("", "first epoch", "each later", ""));
        plan.seconds()
                .forEach(stage -> out.println(row(
                        stage.stage(), duration(stage.firstEpoch()), duration(stage.laterEpoch()), stage.meaning())));
        out.println(row("an epoch", duration(plan.firstEpochSeconds()), duration(plan.laterEpochSeconds()), ""));
    }

    private static String row(String name, String first, String second, String rest) {
        return String.format(Locale.ROOT, "  %-12s %12s %12s  %s", name, first, second, rest)
                .stripTrailing();
    }

    static String size(long bytes) {
        if (bytes >= 10 * KIBI * KIBI * KIBI) {
            return String.format(Locale.ROOT, "%.1f GiB", bytes / (KIBI * KIBI * KIBI));
        }
        if (bytes >= 10 * KIBI * KIBI) {
            return Mebibytes.of(bytes);
        }
        return bytes >= KIBI * KIBI / 10
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (KIBI * KIBI))
                : String.format(Locale.ROOT, "%.0f KiB", Math.ceil(bytes / KIBI));
    }

    /** Two digits: the numbers behind are no better. */
    private static String duration(double seconds) {
        if (Double.isNaN(seconds)) {
            return "?";
        }
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        if (seconds < 2 * MINUTE) {
            return Math.round(seconds) + " s";
        }
        return seconds < 2 * HOUR
                ? Math.round(seconds / MINUTE) + " min"
                : String.format(Locale.ROOT, "%.1f h", seconds / HOUR);
    }

    /** The same for programs. */
    Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        values.put("output", plan.output().toString());
        values.put("dataset", plan.location());
        values.put("images", plan.images());
        values.put("classes", plan.classes());
        values.put("engine", plan.engine());
        values.put(
                "input",
                List.of(
                        plan.input().channels(),
                        plan.input().height(),
                        plan.input().width()));
        values.put("taps", plan.selections().stream().map(TapSelection::tap).toList());
        values.put(
                "columns",
                plan.parts().stream()
                        .collect(Collectors.toMap(
                                FusedPart::name, FusedPart::columns, (one, other) -> one, LinkedHashMap::new)));
        values.put("fusedColumns", plan.fusedColumns());
        values.put(
                "components", plan.components().isPresent() ? plan.components().getAsInt() : null);
        values.put("clusters", plan.clusters().isPresent() ? plan.clusters().getAsInt() : null);
        values.put("batch", plan.batch());
        values.put("steps", plan.steps());
        values.put("epochs", plan.epochs());
        values.put("checkpointBytes", plan.checkpointBytes());
        values.put("processBytes", plan.processBytes());
        values.put("peakBytes", peaks(plan::peakBytes));
        values.put("limits", limits());
        values.put("sizes", values(plan.things()));
        values.put("processes", others.values());
        if (!plan.seconds().isEmpty()) {
            values.put("stages", plan.seconds().stream().map(PlanReport::values).toList());
            values.put("firstEpochSeconds", plan.firstEpochSeconds());
            values.put("laterEpochSeconds", plan.laterEpochSeconds());
            values.put("totalSeconds", plan.totalSeconds());
            values.put("notEstimated", plan.unknownStages());
        }
        values.put(
                "warnings",
                plan.warnings().stream()
                        .map(warning -> Map.of("what", warning.what(), "fix", warning.fix()))
                        .toList());
        return values;
    }

    private Map<String, Object> limits() {
        var limits = new LinkedHashMap<String, Object>();
        limits.put("heap", plan.limits().heap());
        limits.put("host", plan.limits().host());
        limits.put("swap", plan.limits().swap());
        limits.put("device", plan.limits().hasDevice() ? plan.limits().device() : null);
        limits.put(
                "disk",
                plan.limits().disk() == Limits.UNKNOWN_DISK
                        ? null
                        : plan.limits().disk());
        return limits;
    }

    /** What lies in each place. */
    static Map<String, Object> peaks(ToLongFunction<Place> bytes) {
        var peaks = new LinkedHashMap<String, Object>();
        for (var place : Place.values()) {
            peaks.put(key(place), bytes.applyAsLong(place));
        }
        return peaks;
    }

    static List<Map<String, Object>> values(List<SizedThing> things) {
        return things.stream().map(PlanReport::values).toList();
    }

    private static Map<String, Object> values(SizedThing thing) {
        var values = new LinkedHashMap<String, Object>();
        values.put("name", thing.name());
        values.put("place", key(thing.place()));
        values.put("bytes", thing.bytes());
        values.put("leastBytes", thing.least());
        values.put("meaning", thing.meaning());
        return values;
    }

    private static Map<String, Object> values(StageSeconds stage) {
        var values = new LinkedHashMap<String, Object>();
        values.put("stage", stage.stage());
        values.put("firstEpoch", stage.isKnown() ? stage.firstEpoch() : null);
        values.put("laterEpoch", stage.isKnown() ? stage.laterEpoch() : null);
        values.put("meaning", stage.meaning());
        return values;
    }

    private static String key(Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }
}
