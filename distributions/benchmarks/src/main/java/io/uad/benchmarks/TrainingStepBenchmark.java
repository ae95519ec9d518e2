package io.uad.benchmarks;

import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.engine.Engine;
import io.uad.plugin.engine.djl.DjlOptions;
import io.uad.plugin.engine.djl.DjlProvider;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what share of the library's matrix product (sgemm) a training step and a forward pass reach. */
@Command(
        name = "training-step",
        description = "Compares AlexNet's training step and forward pass with the library's sgemm, in one run.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TrainingStepBenchmark implements Callable<Integer> {
    private static final Seed SEED = new Seed(31);

    @Option(names = "--threads", defaultValue = "1", description = "threads of the library")
    private int threads;

    @Option(names = "--rounds", defaultValue = "5", description = "how often each is timed")
    private int rounds;

    @Option(names = "--batch", defaultValue = "128", description = "images of a step")
    private int batch;

    @Option(names = "--sides", defaultValue = "224,64", split = ",", description = "image sizes in pixels")
    private List<Integer> sides = List.of();

    @Option(names = "--classes", defaultValue = "1000", description = "outputs of the head")
    private int classes;

    @Option(names = "--matrix", defaultValue = "2048", description = "rows and columns of sgemm's matrices")
    private int matrix;

    private final PrintWriter out;

    TrainingStepBenchmark(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        var report = new Report(out);
        var options = new DjlOptions("cpu", OptionalInt.of(threads));
        try (var engine = new DjlProvider().create(Options.of(options))) {
            report.machine(engine.capabilities());
            out.printf("batch %d, %d classes, %d rounds%n%n", batch, classes, rounds);
            measure(engine, report);
        }
        return 0;
    }

    private void measure(Engine engine, Report report) {
        var steps = new ArrayList<AlexNetStep>();
        try (var product = new SquareProduct(engine.linearAlgebra(), matrix, SEED)) {
            var workloads = new ArrayList<Workload>();
            for (var side : sides) {
                var step = new AlexNetStep(engine, side, batch, classes, SEED);
                steps.add(step);
                workloads.add(step.training());
                workloads.add(step.forward());
            }
            var measured = new Rounds(product.workload(), workloads);
            measured.warmUp();
            for (var round = 0; round < rounds; round++) {
                measured.run();
            }
            report.rates(product.workload().name(), measured, workloads);
        } finally {
            steps.forEach(AlexNetStep::close);
        }
    }
}
