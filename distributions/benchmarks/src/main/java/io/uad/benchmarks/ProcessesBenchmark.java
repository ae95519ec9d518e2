package io.uad.benchmarks;

import io.uad.runtime.checkpoint.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What it costs that several processes train one network. */
@Command(
        name = "processes",
        description =
                "Compares AlexNet's training step in one process with the same step shared by several, in one run.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ProcessesBenchmark implements Callable<Integer> {
    @Option(names = "--processes", defaultValue = "2", description = "how many share the step")
    private int processes;

    @Option(names = "--rounds", defaultValue = "3", description = "how often each is measured, in turn")
    private int rounds;

    @Mixin
    private JointSettings settings = new JointSettings();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final PrintWriter out;

    ProcessesBenchmark(PrintWriter out) {
        this.out = out;
    }

    /** What is compared. */
    private enum Arrangement {
        ALONE("one process", List.of()),
        OWN("statistics of their own", List.of("--own-statistics")),
        JOINT("joint statistics", List.of());

        private final String words;
        private final List<String> flags;

        Arrangement(String words, List<String> flags) {
            this.words = words;
            this.flags = flags;
        }
    }

    /**
     * One arrangement in one round.
     *
     * @param rate images/s of all processes together
     * @param peakMiB the memory that they took at most, added up
     */
    private record Measured(double rate, double peakMiB) {}

    @Override
    public Integer call() throws IOException {
        if (processes < 2 || settings.threads() % processes != 0 || settings.batch() % processes != 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--threads " + settings.threads() + " and --batch " + settings.batch()
                            + " must be multiples of --processes " + processes + ", which must be 2 or more");
        }
        var measured = new EnumMap<Arrangement, List<Measured>>(Arrangement.class);
        for (var round = 0; round < rounds; round++) {
            for (var arrangement : Arrangement.values()) {
                measured.computeIfAbsent(arrangement, any -> new ArrayList<>()).add(measure(arrangement));
            }
        }
        report(measured);
        return 0;
    }

    private void report(Map<Arrangement, List<Measured>> measured) {
        var machine = Machine.here();
        out.printf(
                "AlexNet, %d pixels, batch %d, engine %s, %d threads; %s, %d cores%n%n",
                settings.side(),
                settings.batch(),
                settings.engine(),
                settings.threads(),
                Processor.name(),
                machine.cores());
        out.println("| | images/s | ratio | MiB, all together |");
        out.println("| --- | --- | --- | --- |");
        var alone = rates(measured.values().iterator().next()).median();
        measured.forEach((arrangement, each) -> out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f | %.0f |%n",
                arrangement == Arrangement.ALONE ? arrangement.words : processes + ", " + arrangement.words,
                rates(each).text(1),
                rates(each).median() / alone,
                Spread.of(each, Measured::peakMiB).median()));
        out.flush();
    }

    private static Spread rates(List<Measured> each) {
        return Spread.of(each, Measured::rate);
    }

    private Measured measure(Arrangement arrangement) throws IOException {
        var world = arrangement == Arrangement.ALONE ? 1 : processes;
        var port = freePort();
        var running = new ArrayList<CompletableFuture<OwnProcess>>();
        for (var rank = 0; rank < world; rank++) {
            var arguments =
                    new ArrayList<>(List.of("joint-step", "--port=" + port, "--rank=" + rank, "--world=" + world));
            arguments.addAll(settings.flags());
            arguments.addAll(arrangement.flags);
            var command = Environment.command(arguments);
            running.add(CompletableFuture.supplyAsync(() -> run(command), work -> new Thread(work).start()));
        }
        var ended = running.stream().map(CompletableFuture::join).toList();
        return new Measured(
                ended.get(0).figure().value(),
                ended.stream().mapToDouble(OwnProcess::peakMiB).sum());
    }

    private static OwnProcess run(List<String> command) {
        try {
            return OwnProcess.run(command, builder -> Environment.ofSeveral(builder.environment()));
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
