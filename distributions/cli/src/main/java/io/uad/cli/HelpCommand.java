package io.uad.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad help}: the same as {@code --help} behind the command. Picocli's own knows the first level only. */
@Command(
        name = "help",
        helpCommand = true,
        description = "Say what a command does and takes.",
        footerHeading = "%nExamples:%n",
        footer = {"  uad help train", "  uad help eval linear"})
final class HelpCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, such as train or eval linear.")
    private List<String> names = new ArrayList<>();

    @Override
    public void run() {
        var command = spec.root().commandLine();
        for (var name : names) {
            var next = command.getSubcommands().get(name);
            if (next == null) {
                throw new CommandLine.UnmatchedArgumentException(command, List.of(name));
            }
            command = next;
        }
        command.usage(spec.commandLine().getOut());
    }
}
