package io.uad.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code uad eval}. */
@Command(
        name = "eval",
        description = "Measure what was learned.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = "  uad eval linear --data labelled/ --model exp/photos --conv 3,4,5",
        subcommands = EvalLinearCommand.class)
final class EvalCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name an evaluation: linear.");
    }
}
