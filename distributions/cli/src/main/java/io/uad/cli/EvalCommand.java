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
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad eval linear --data labelled/ --model exp/photos --conv 3,4,5",
            "  uad eval knn --data labelled/ --model exp/photos",
            "  uad eval clusters labelled/val --model exp/photos",
        },
        subcommands = {EvalLinearCommand.class, EvalKnnCommand.class, EvalClustersCommand.class})
final class EvalCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name an evaluation: linear, knn or clusters.");
    }
}
