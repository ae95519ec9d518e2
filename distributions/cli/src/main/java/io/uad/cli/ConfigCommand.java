package io.uad.cli;

import io.uad.api.UadException;
import io.uad.runtime.UadRun;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigSchema;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad config}. */
@Command(
        name = "config",
        description = "Write, check and show configurations.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad config init my.yaml",
            "  uad config validate my.yaml",
            "  uad config show uad",
            "  uad config schema -o uad.schema.json"
        },
        subcommands = {
            ConfigCommand.InitCommand.class,
            ConfigCommand.ValidateCommand.class,
            ConfigCommand.ShowCommand.class,
            ConfigCommand.SchemaCommand.class
        })
final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command: init, validate, show or schema.");
    }

    /** {@code uad config init}. */
    @Command(
            name = "init",
            description = "Write a file to start from: every option with its value and what it means.",
            footerHeading = "%nExamples:%n",
            footer = {"  uad config init my.yaml", "  uad config init my.yaml --from deepcluster", "  uad config init -"
            })
    static final class InitCommand implements Runnable {
        private final Environment environment;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(
                arity = "0..1",
                defaultValue = "uad.yaml",
                paramLabel = "FILE",
                description = "The file, or - for standard output. Default: ${DEFAULT-VALUE}.")
        private String file = "uad.yaml";

        @Option(names = "--from", paramLabel = "PRESET", description = "The preset to begin with. Default: uad.")
        private @Nullable String from;

        @Option(names = "--overwrite", description = "Replace the file if it exists.")
        private boolean overwrite;

        InitCommand(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void run() {
            var reader = environment.reader();
            var yaml = reader.show(List.of(reader.base(Optional.ofNullable(from))));
            if (file.equals("-")) {
                spec.commandLine().getOut().print(yaml);
                spec.commandLine().getOut().flush();
                return;
            }
            write(Path.of(file), yaml, overwrite);
            spec.commandLine().getErr().println("wrote " + file + "; check it with: uad config validate " + file);
        }
    }

    /** {@code uad config validate}. */
    @Command(
            name = "validate",
            description =
                    "Check a file without running it: keys, types, ranges, plugins, and whether they fit together.",
            footerHeading = "%nExamples:%n",
            footer = {"  uad config validate my.yaml", "  uad config validate uad --set fusion.high.tap=conv5"})
    static final class ValidateCommand implements Runnable {
        private static final String FOLDER = "dataset.path";

        private final Environment environment;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE|PRESET", description = "What to check.")
        private String file = "";

        @Option(names = "--set", paramLabel = "STAGE.KEY=VALUE", description = "Change one value; may be repeated.")
        private List<String> assignments = new ArrayList<>();

        ValidateCommand(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void run() {
            var reader = environment.reader();
            var layers = List.of(reader.base(Optional.of(file)), ConfigLayer.assignments("--set", assignments));
            reader.show(layers); // says all that is wrong
            var err = spec.commandLine().getErr();
            var missing = reader.missing(layers);
            checkFit(layers, missing);
            if (missing.isEmpty()) {
                reader.read(layers).notices().forEach(err::println);
                spec.commandLine().getOut().println(file + " is valid");
            } else {
                spec.commandLine()
                        .getOut()
                        .println(file + " is valid, but leaves open " + String.join(", ", missing)
                                + ": give it when you run it");
            }
            spec.commandLine().getOut().flush();
        }

        /** Needs no images, so the one key that most files leave open may be missing. */
        private void checkFit(List<ConfigLayer> layers, List<String> missing) {
            var complete = new ArrayList<>(layers);
            if (missing.equals(List.of(FOLDER))) {
                complete.add(ConfigLayer.assignment("config validate", FOLDER, "."));
            } else if (!missing.isEmpty()) {
                return;
            }
            UadRun.check(environment.reader().read(complete));
        }
    }

    /** {@code uad config show}. */
    @Command(
            name = "show",
            description = "Print a configuration in full: defaults, preset or file, and changes merged.",
            footerHeading = "%nExamples:%n",
            footer = {"  uad config show", "  uad config show my.yaml --set clustering.k=200"})
    static final class ShowCommand implements Runnable {
        private final Environment environment;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(arity = "0..1", paramLabel = "FILE|PRESET", description = "What to show. Default: the preset uad.")
        private @Nullable String file;

        @Option(names = "--set", paramLabel = "STAGE.KEY=VALUE", description = "Change one value; may be repeated.")
        private List<String> assignments = new ArrayList<>();

        ShowCommand(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void run() {
            var reader = environment.reader();
            var out = spec.commandLine().getOut();
            out.print(reader.show(
                    List.of(reader.base(Optional.ofNullable(file)), ConfigLayer.assignments("--set", assignments))));
            out.flush();
        }
    }

    /** {@code uad config schema}. */
    @Command(
            name = "schema",
            description = {
                "Print the JSON Schema of the file, for the plugins that are installed: with it editors complete and check.",
                "Many find it by the first line of a file:",
                "  # yaml-language-server: $schema=uad.schema.json"
            },
            footerHeading = "%nExamples:%n",
            footer = {"  uad config schema -o uad.schema.json", "  uad config schema"})
    static final class SchemaCommand implements Runnable {
        private final Environment environment;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "Where to write. Default: standard output.")
        private @Nullable Path output;

        @Option(names = "--overwrite", description = "Replace the file if it exists.")
        private boolean overwrite;

        SchemaCommand(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void run() {
            var schema = ConfigSchema.of(environment.registry());
            var err = spec.commandLine().getErr();
            environment.registry().warnings().forEach(warning -> Notes.print(spec, "warning: " + warning));
            if (output == null) {
                Json.print(spec.commandLine().getOut(), schema);
                return;
            }
            write(output, Json.text(schema) + "\n", overwrite);
            err.println("wrote " + output + "; name it in the first line of a configuration beside it:"
                    + " # yaml-language-server: $schema=" + output.getFileName());
        }
    }

    private static void write(Path target, String text, boolean overwrite) {
        try {
            Files.writeString(
                    target,
                    text,
                    StandardOpenOption.WRITE,
                    overwrite ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (FileAlreadyExistsException e) {
            throw UadException.config(
                    "the file exists",
                    target.toString(),
                    "a new file",
                    "Choose another name, or replace it by --overwrite");
        } catch (IOException e) {
            throw AtomicFile.failure(target, 0, e);
        }
    }
}
