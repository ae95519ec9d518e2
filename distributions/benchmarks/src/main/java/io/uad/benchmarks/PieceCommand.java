package io.uad.benchmarks;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Does one piece of work in this process; {@link SideBySideBenchmark} starts it. */
@Command(name = "piece", hidden = true, description = "Does one piece of work and prints its figure as JSON.")
final class PieceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Mixin
    private SideSettings settings = new SideSettings();

    private final PrintWriter out;

    PieceCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        for (var piece : Pieces.of(settings)) {
            if (piece.name().equals(name)) {
                out.println(OwnProcess.line(piece.work().run(settings)));
                return 0;
            }
        }
        throw new IllegalArgumentException("no piece is named " + name);
    }
}
