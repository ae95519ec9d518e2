package io.uad.benchmarks;

import io.uad.runtime.checkpoint.Machine;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** A table in Markdown, line by line as the figures come. */
final class PairReport {
    private final PrintWriter out;

    PairReport(PrintWriter out) {
        this.out = out;
    }

    void machine(SideSettings settings, boolean both, int rounds) {
        var machine = Machine.here();
        out.printf(
                "%s, %s %s, %d cores, %d MiB, %s, Java %s, %d threads, engine %s%n%n",
                LocalDate.now(ZoneId.systemDefault()),
                machine.arch(),
                Processor.name(),
                machine.cores(),
                machine.memoryBytes() >> 20,
                machine.os(),
                machine.java(),
                settings.threads(),
                settings.engine());
        out.printf(
                "Each figure is a median (least to most) of %d %s; memory is a process's highest.%n%n",
                rounds, both ? "alternating rounds" : "rounds");
        out.println("| work | unit | UAD | original | ratio | goal | MiB, UAD | MiB, original | check |");
        out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        out.flush();
    }

    void line(Piece piece, Pair pair) {
        out.printf(
                "| %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                piece.what(),
                piece.unit(),
                values(pair.ours()),
                values(pair.theirs()),
                pair.hasBoth() ? number(pair.ratio()) : "",
                pair.hasBoth() && piece.goal() != null
                        ? piece.goalText() + (piece.reaches(pair.ratio()) ? " yes" : " no")
                        : "",
                memory(pair.ours()),
                memory(pair.theirs()),
                check(pair));
        out.flush();
    }

    private static String values(List<Pair.Side> sides) {
        if (sides.isEmpty()) {
            return "";
        }
        var spread = Spread.of(sides, side -> side.figure().value());
        return spread.text(spread.median() < 10 ? 2 : 0);
    }

    private static String memory(List<Pair.Side> sides) {
        if (sides.isEmpty()) {
            return "";
        }
        var whole = String.format(
                Locale.ROOT, "%.0f", Spread.of(sides, Pair.Side::peakMiB).median());
        var before = sides.get(0).figure().peakMiB();
        return before == null ? whole : String.format(Locale.ROOT, "%s (%.0f before training)", whole, before);
    }

    /** What tells that both did the same. */
    private static String check(Pair pair) {
        var ours = pair.ours().get(0).figure().quality();
        if (ours == null) {
            return "";
        }
        var theirs = pair.hasBoth() ? pair.theirs().get(0).figure().quality() : null;
        return theirs == null
                ? number(ours)
                : String.format(
                        Locale.ROOT, "%s, %s (%+.2f %%)", number(ours), number(theirs), 100 * (ours / theirs - 1));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
    }
}
