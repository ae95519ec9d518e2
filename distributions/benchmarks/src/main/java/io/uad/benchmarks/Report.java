package io.uad.benchmarks;

import io.uad.api.engine.EngineCapabilities;
import io.uad.runtime.checkpoint.Machine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What people read: each number as median (least to most). */
final class Report {
    private static final String LINE = "%-16s %6s  %-22s %-22s %-20s %-20s %s%n";

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void machine(EngineCapabilities engine) {
        var machine = Machine.here();
        var name = Processor.name();
        out.printf("machine  %s, %d cores%s%n", machine.arch(), machine.cores(), name.isEmpty() ? "" : ", " + name);
        out.printf("system   %s, Java %s%n", machine.os(), machine.java());
        out.printf("library  %s on %s, threads: %d%n", engine.library(), engine.device(), engine.threads());
        out.printf("with     %s%n", Environment.text(System.getenv()));
    }

    /** One line each, then the ratio for each workload. */
    void rates(String reference, Rounds rounds, List<Workload> workloads) {
        var sgemm = rounds.references();
        out.printf(LINE, "", "GFLOP", "GFLOP/s", "images/s", "share of sgemm", "by CPU time", "cores");
        out.printf(
                LINE,
                reference,
                "",
                rate(sgemm).text(1),
                "",
                "",
                "",
                cores(sgemm).text(2));
        for (var workload : workloads) {
            line(workload, rounds.of(workload));
        }
        out.printf("""

                GFLOP is the work for one image; every other number is a median (least to most). A share compares a call
                with the sgemm just before and after it. Where cores are below the threads, others used them: then the
                share by CPU time says more. The ratios below are the median shares.
                """);
        for (var workload : workloads) {
            var calls = rounds.of(workload);
            out.printf(
                    Locale.ROOT,
                    "ratio %s / sgemm: %.2f (by CPU time %.2f)%n",
                    workload.name(),
                    Spread.of(calls, Rounds.Compared::share).median(),
                    Spread.of(calls, Rounds.Compared::cpuShare).median());
        }
    }

    private void line(Workload workload, List<Rounds.Compared> calls) {
        var timings = timings(calls);
        out.printf(
                LINE,
                workload.name(),
                String.format(Locale.ROOT, "%.3f", workload.flop() * 1e-9 / workload.images()),
                rate(timings).text(1),
                Spread.of(timings, Timing::imagesPerSecond).text(1),
                Spread.of(calls, Rounds.Compared::share).text(2),
                Spread.of(calls, Rounds.Compared::cpuShare).text(2),
                cores(timings).text(2));
    }

    private static List<Timing> timings(List<Rounds.Compared> calls) {
        return calls.stream().map(Rounds.Compared::timing).toList();
    }

    private static Spread rate(List<Timing> timings) {
        return Spread.of(timings, Timing::rate);
    }

    private static Spread cores(List<Timing> timings) {
        return Spread.of(timings, Timing::cores);
    }
}
