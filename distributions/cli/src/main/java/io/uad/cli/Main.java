package io.uad.cli;

import io.uad.runtime.config.PresetSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** Starts a command, and ends the process with its exit code. */
public final class Main {
    private Main() {}

    /** Runs the command that the arguments name. */
    public static void main(String[] arguments) {
        var interruption = Interruption.install();
        var out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        var exitCode = run(new Environment(PresetSource.installed(), interruption), out, err, arguments);
        out.flush();
        interruption.ended(exitCode);
        System.exit(exitCode);
    }

    /**
     * Runs a command in this process.
     *
     * @return its exit code
     */
    static int run(Environment environment, PrintWriter out, PrintWriter err, String... arguments) {
        var commands = commandLine(environment, arguments)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(new Misuse());
        try {
            return commands.execute(arguments);
        } catch (Error e) { // which picocli lets pass, such as memory that ran out
            return Failures.report(e, err, UadCommand.isVerbose(commands));
        }
    }

    /**
     * The commands, those whole that the arguments may name; picocli takes longer to look through all their flags than most
     * of them take to run. Of the others it is only known what they are called and what they do.
     */
    static CommandLine commandLine(Environment environment, String... arguments) {
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF); // no warning about a flag that is given twice
        var factory = new CommandFactory(environment);
        var commands = new CommandLine(new UadCommand(environment), factory);
        var tree = new CommandTree(List.of(arguments));
        UadCommand.COMMANDS.forEach(type -> tree.add(type, commands, factory));
        commands.getCommandSpec()
                .usageMessage()
                .footerHeading("%nExamples:%n")
                .footer(UadCommand.EXAMPLES.toArray(String[]::new));
        commands.setUsageHelpAutoWidth(true);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setAbbreviatedOptionsAllowed(false);
        commands.setOverwrittenOptionsAllowed(true); // the last one wins, as with the original scripts
        return commands;
    }
}
