package io.uad.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code uad engines}. */
@Command(
        name = "engines",
        description =
                "Show the engines, put them side by side, and give one other native libraries, such as those for a GPU.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad engines list",
            "  uad engines compare photos/ --config deepcluster",
            "  uad engines install djl --flavor cu128",
        },
        subcommands = {
            EngineListCommand.class,
            EngineCompareCommand.class,
            EngineInstallCommand.class,
            EngineProbeCommand.class,
            EngineTraceCommand.class,
        })
final class EnginesCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command: list, compare or install.");
    }
}
