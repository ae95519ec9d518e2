package io.uad.benchmarks;

import io.uad.api.Seed;
import io.uad.api.engine.Membership;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes its part of some training steps; {@link ProcessesBenchmark} starts it. */
@Command(
        name = "joint-step",
        hidden = true,
        description = "Takes part in training steps and prints their rate as JSON.")
final class JointStepCommand implements Callable<Integer> {
    private static final Seed SEED = new Seed(31);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WARM_UP = 3;

    @Option(names = "--port")
    private int port;

    @Option(names = "--rank")
    private int rank;

    @Option(names = "--world", defaultValue = "1")
    private int world;

    @Option(names = "--own-statistics")
    private boolean ownStatistics;

    @Mixin
    private JointSettings settings = new JointSettings();

    private final PrintWriter out;

    JointStepCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        try (var engine = settings.engine().open(settings.threads() / world)) {
            if (world > 1) {
                engine.join(new Membership("127.0.0.1", port, rank, world, PATIENCE, !ownStatistics));
            }
            try (var step =
                    new AlexNetStep(engine, settings.side(), settings.batch() / world, settings.classes(), SEED)) {
                out.println(OwnProcess.line(Piece.Figure.of(settings.batch() / seconds(step.training()))));
            }
        }
        return 0;
    }

    private double seconds(Workload training) {
        for (var i = 0; i < WARM_UP; i++) {
            training.time();
        }
        var seconds = new ArrayList<Double>();
        for (var i = 0; i < settings.steps(); i++) {
            seconds.add(training.images() / training.time().imagesPerSecond());
        }
        return Spread.of(seconds, Double::doubleValue).median();
    }
}
