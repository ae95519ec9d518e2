package io.uad.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code uad dataset}. */
@Command(
        name = "dataset",
        description =
                "Pack images into one file that is read faster, say what a dataset is, and find images that cannot be read.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad dataset pack photos/ -o photos.uadpack",
            "  uad dataset info photos.uadpack",
            "  uad dataset verify photos.uadpack",
            "  uad train photos.uadpack --exp exp/photos      as if it were a folder",
        },
        subcommands = {DatasetPackCommand.class, DatasetInfoCommand.class, DatasetVerifyCommand.class})
final class DatasetCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command: pack, info or verify.");
    }
}
