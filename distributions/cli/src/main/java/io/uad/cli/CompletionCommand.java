package io.uad.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code uad completion}. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and flags in bash and zsh.",
        footerHeading = "%nExample:%n",
        footer = "  source <(uad completion)")
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("uad", spec.root().commandLine()));
        out.flush();
    }
}
