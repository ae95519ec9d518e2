package io.uad.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code uad engines}. */
@Command(
        name = "engines",
        description = "Show the engines and put them side by side.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  uad engines list", "  uad engines compare", "  uad engines compare photos/ --config deepcluster"},
        subcommands = {
            EngineListCommand.class,
            EngineCompareCommand.class,
            EngineProbeCommand.class,
            EngineTraceCommand.class,
        })
final class EnginesCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command: list or compare.");
    }
}
