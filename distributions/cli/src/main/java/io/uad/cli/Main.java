package io.uad.cli;

import io.uad.runtime.config.PresetSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
        var commands = commandLine(environment)
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

    /** The whole tree of commands. */
    static CommandLine commandLine(Environment environment) {
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF); // no warning about a flag that is given twice
        var commands = new CommandLine(new UadCommand(environment), new CommandFactory(environment));
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
