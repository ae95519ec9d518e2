package io.uad.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad plugins remove}. */
@Command(
        name = "remove",
        description = "Remove a plugin that was installed with 'uad plugins install'.",
        footerHeading = "%nExamples:%n",
        footer = {"  uad plugins remove my-clustering", "  uad plugins remove my-clustering-1.0.jar"})
final class PluginRemoveCommand implements Runnable {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "The plugin's id, its file, or a component that it brings.")
    private String name = "";

    PluginRemoveCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        var removed = environment.places().store().remove(name);
        Notes.print(spec, "removed " + removed.id() + " " + removed.version() + ": " + removed.file());
    }
}
