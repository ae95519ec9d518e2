package io.uad.benchmarks;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line; only here is it known where output goes. */
@Command(
        name = "uad-benchmarks",
        description = "Measures UAD on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, Charset.defaultCharset());
        System.exit(
                Environment.isComplete(System.getenv())
                        ? commandLine(out).execute(arguments)
                        : Environment.runAgain(arguments));
    }

    static CommandLine commandLine(PrintWriter out) {
        return new CommandLine(new Benchmarks())
                .addSubcommand(new TrainingStepBenchmark(out))
                .addSubcommand(new SideBySideBenchmark(out))
                .addSubcommand(new StreamingBenchmark(out))
                .addSubcommand(new ProcessesBenchmark(out))
                .addSubcommand(new JointStepCommand(out))
                .addSubcommand(new PieceCommand(out))
                .addSubcommand(new JmhCommand())
                .setCaseInsensitiveEnumValuesAllowed(true) // as configurations name them
                .setOut(out);
    }
}
