package io.uad.plugin.listener.console;

import io.uad.api.listener.RunEvent.EpochFinished;
import io.uad.api.listener.RunEvent.RunFinished;
import io.uad.api.listener.RunEvent.RunStarted;
import io.uad.api.listener.RunEvent.StageFinished;
import io.uad.api.listener.RunEvent.StageSkipped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The wording. */
final class Sentences {
    /** Of the many figures of a pretext epoch, those that say whether it learns; metrics.jsonl has all. */
    private static final List<String> TELLING = List.of("loss", "accuracy", "clusters", "nmi-previous", "nmi-labels");

    private static final int MOST_FIGURES = 6;
    /** How a probe calls the top-1 accuracy of a tap, such as {@code conv3-top1}. */
    private static final String ACCURACY = "-top1";

    private Sentences() {}

    static String started(RunStarted run) {
        var epochs = run.epochs() - run.firstEpoch() == 1
                ? "epoch " + run.firstEpoch()
                : "epochs " + run.firstEpoch() + " to " + (run.epochs() - 1);
        var work = run.firstEpoch() < run.epochs() ? epochs : "no epoch left";
        return run.task() + ": " + run.samples() + " images, " + work + ", into " + run.folder();
    }

    static String epoch(EpochFinished epoch) {
        var parts = new ArrayList<String>();
        telling(epoch.metrics()).forEach((name, value) -> parts.add(name + " " + number(value)));
        parts.add(seconds(epoch.seconds()));
        return "epoch " + epoch.epoch() + ": " + String.join(", ", parts);
    }

    static String finished(String task, RunFinished run) {
        var ending = run.interrupted() ? " was interrupted after " : " finished in ";
        var next = run.interrupted() ? ", to go on with --resume: " : ", results: ";
        return task + ending + seconds(run.seconds()) + next + run.folder();
    }

    /** Its seconds, and the share of them that the engine waited for images if that is one percent or more. */
    static String stage(StageFinished stage) {
        var waited = Math.round(100 * stage.waitedSeconds() / stage.seconds());
        return seconds(stage.seconds()) + (waited > 0 ? ", " + waited + " % of it waiting for images" : "");
    }

    static String skipped(StageSkipped stage) {
        var saved = stage.savedSeconds();
        return "left out, " + stage.reason() + (saved > 0 ? ": saves about " + seconds(saved) : "");
    }

    /** Wall-clock seconds as one reads them. */
    static String seconds(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        var whole = Math.round(seconds);
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    /** Four significant digits, counts without a fraction. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    /** Of other tasks all figures, or if they are many the accuracy of every tap, or else the first ones. */
    private static Map<String, Double> telling(Map<String, Double> metrics) {
        if (metrics.containsKey("clusters")) {
            return only(TELLING.stream().filter(metrics::containsKey), metrics);
        }
        if (metrics.size() > MOST_FIGURES) {
            var accuracies = metrics.keySet().stream()
                    .filter(name -> name.endsWith(ACCURACY))
                    .toList();
            return only(
                    accuracies.isEmpty() ? metrics.keySet().stream().limit(MOST_FIGURES) : accuracies.stream(),
                    metrics);
        }
        return metrics;
    }

    private static Map<String, Double> only(Stream<String> names, Map<String, Double> metrics) {
        var shown = new LinkedHashMap<String, Double>();
        names.forEach(name -> shown.put(name, metrics.getOrDefault(name, Double.NaN)));
        return shown;
    }
}
