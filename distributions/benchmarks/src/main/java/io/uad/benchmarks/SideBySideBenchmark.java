package io.uad.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs each piece of work with UAD and with the Python original in turn, every time in a new process, and prints the
 * medians and their ratios.
 */
@Command(
        name = "side-by-side",
        description = "Compares UAD with the Python original, piece by piece.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class SideBySideBenchmark implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "3", description = "how often each side does a piece")
    private int rounds;

    @Option(names = "--only", split = ",", paramLabel = "PIECE", description = "some of the pieces; --list names them")
    private List<String> only = List.of();

    @Option(names = "--list", description = "name the pieces and end")
    private boolean list;

    @Mixin
    private SideSettings settings = new SideSettings();

    @Mixin
    private Peer peer = new Peer();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private final PrintWriter out;

    SideBySideBenchmark(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Pieces.of(settings).forEach(piece -> out.printf("%-18s %s%n", piece.name(), piece.what()));
            return 0;
        }
        var chosen = Pieces.of(settings).stream().map(Piece::name).toList();
        for (var name : only) {
            if (!chosen.contains(name)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "There is no piece " + name + ": " + String.join(", ", chosen));
            }
        }
        var work = settings.hasWork()
                ? Files.createDirectories(settings.work().toAbsolutePath())
                : Files.createTempDirectory("uad-side-by-side-");
        try {
            measure(work);
        } finally {
            if (!settings.hasWork()) {
                Materials.delete(work);
            }
        }
        return 0;
    }

    private void measure(Path work) throws IOException, InterruptedException {
        var materials = new Materials(work);
        spec.commandLine().getErr().println("Making images and matrices in " + work + " ...");
        materials.points();
        materials.rows();
        var images = settings.hasImages() ? settings.images().toAbsolutePath() : materials.images();
        var uad = settings.hasUad() ? settings.uad().toAbsolutePath() : launcher();
        var complete = settings.with(work, images, uad);
        peer.prepare(complete);
        OwnProcess.run(List.of(uad.toString(), "--version"), builder -> {}); // makes what the first start makes

        var report = new PairReport(out);
        report.machine(complete, peer.isGiven(), rounds);
        for (var piece : Pieces.of(complete)) {
            if (only.isEmpty() || only.contains(piece.name())) {
                report.line(piece, pair(piece, complete));
            }
        }
    }

    private Pair pair(Piece piece, SideSettings complete) throws IOException, InterruptedException {
        var ours = new ArrayList<Pair.Side>();
        var theirs = new ArrayList<Pair.Side>();
        for (var round = 0; round < rounds; round++) {
            ours.add(Pair.Side.of(piece, OwnProcess.run(own(piece, complete), builder -> {})));
            if (peer.isGiven() && !piece.peer().isEmpty()) {
                theirs.add(Pair.Side.of(
                        piece, OwnProcess.run(onItsCores(piece, peer.command(piece.peer(), complete)), peer::adapt)));
            }
        }
        return new Pair(ours, theirs);
    }

    private static List<String> own(Piece piece, SideSettings complete) {
        var arguments = new ArrayList<>(List.of("piece", piece.name()));
        arguments.addAll(complete.flags());
        var command = new ArrayList<>(Environment.command(arguments));
        var cores = piece.clock() == Piece.Clock.ONE_CORE ? 1 : complete.threads();
        command.addAll(1, List.of("-XX:+UseParallelGC", "-Xmn256m", "-XX:ActiveProcessorCount=" + cores));
        return onItsCores(piece, command);
    }

    /** Kept to the first core, where the system can do that. */
    private static List<String> onItsCores(Piece piece, List<String> command) {
        var kept = new ArrayList<String>();
        if (piece.clock() == Piece.Clock.ONE_CORE && Files.isExecutable(TASKSET)) {
            kept.addAll(List.of(TASKSET.toString(), "-c", "0"));
        }
        kept.addAll(command);
        return kept;
    }

    /** The distribution that the same build made. */
    private static Path launcher() {
        var jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]);
        var version = jar.getFileName().toString().replaceAll("^uad-benchmarks-|\\.jar$", "");
        var uad = jar.resolveSibling("../../standalone/target/uad-" + version + "/bin/uad")
                .toAbsolutePath()
                .normalize();
        if (!Files.isExecutable(uad)) {
            throw new IllegalStateException("there is no " + uad + ": build it, or name a launcher with --uad");
        }
        return uad;
    }
}
