package io.uad.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code uad}: the list of commands. */
@Command(
        name = "uad",
        mixinStandardHelpOptions = true,
        versionProvider = UadCommand.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Learns image features without labels: clusters the network's own features, trains the network on "
                        + "the cluster numbers, repeats; a linear probe measures what was learned.")
final class UadCommand implements Runnable {
    /** For the help of this command alone; what stands in the annotation above is inherited by all. */
    static final List<String> EXAMPLES = List.of(
            "  uad quickstart                                see it work on images made for it",
            "  uad plan photos/ --exp exp/photos --k 100     what that would take, and whether it fits",
            "  uad train photos/ --exp exp/photos --k 100    learn from a folder of images",
            "  uad eval linear --data labelled/ --model exp/photos --conv 3,4,5",
            "  uad assign more-photos/ --model exp/photos    find the cluster of each image, also of new ones",
            "  uad plugins list                              what can be combined",
            "  source <(uad completion)                      complete commands and flags in bash or zsh");

    /** All commands, in the order of the help. */
    static final List<Class<?>> COMMANDS = List.of(
            TrainCommand.class,
            PlanCommand.class,
            EvalCommand.class,
            EvalLinearCommand.Alias.class,
            FeaturesCommand.class,
            AssignCommand.class,
            DatasetCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            QuickstartCommand.class,
            PluginsCommand.class,
            EnginesCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            HelpCommand.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Print more detail, and a stack trace when something fails.")
    private boolean verbose;

    private final Environment environment;

    UadCommand(Environment environment) {
        this.environment = environment;
    }

    @Option(
            names = "--plugins",
            scope = ScopeType.INHERIT,
            paramLabel = "PATH",
            description =
                    "Use these plugins, too: a folder of plugins, a jar, a zip, or the classes of a build (target/classes).")
    void plugins(List<Path> paths) {
        environment.places().set(paths);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
    }

    /** Whether {@code --verbose} was given, before or after the command's name. */
    static boolean isVerbose(CommandLine command) {
        var root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommand() instanceof UadCommand uad && uad.verbose;
    }

    /** Answers {@code --version}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"uad " + io.uad.runtime.Version.CURRENT};
        }
    }
}
