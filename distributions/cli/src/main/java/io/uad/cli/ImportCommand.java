package io.uad.cli;

import io.uad.api.UadException;
import io.uad.exchange.CheckpointImport;
import io.uad.runtime.checkpoint.CheckpointStore;
import io.uad.runtime.config.ConfigLayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad import}. */
@Command(
        name = "import",
        description =
                "Make a checkpoint of one that the original program wrote (checkpoint.pth.tar), or of a state dict saved "
                        + "by PyTorch. Nothing that the file names is run.",
        subcommands = ImportClustersCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad import exp/checkpoint.pth.tar -o model.safetensors",
            "  uad eval linear --data labelled/ --model model.safetensors --conv 3,4,5",
            "  uad train photos/ --resume model.safetensors --exp exp/on --epochs 220",
            "  uad import clusters exp/clusters -o exp/clusters-csv --data photos/",
        })
final class ImportCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "What torch.save wrote.")
    private @Nullable Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Name of the checkpoint, *.safetensors. Default: beside FILE.")
    private @Nullable Path output;

    @Option(
            names = {"-a", "--arch"},
            paramLabel = "NAME",
            description = "Backbone, if not the one that the file names.")
    private @Nullable String arch;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Side of the images that the network was trained on. Default: what its classifier fits.")
    private @Nullable Integer size;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "An option of the backbone, such as backbone.width=0.5.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--overwrite", description = "Replace OUT.")
    private boolean overwrite;

    ImportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (file == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Name a file, or: import clusters.");
        }
        var target = output != null ? output : file.resolveSibling(Models.stem(file) + ".safetensors");
        if (Files.exists(target) && !overwrite) {
            throw UadException.config(
                    "a file of that name is there", target.toString(), "a new name", "Give another -o, or --overwrite");
        }
        var hints = new CheckpointImport.Hints(
                Optional.ofNullable(arch),
                size == null ? OptionalInt.empty() : OptionalInt.of(size),
                List.of(ConfigLayer.assignments("--set", assignments)));
        var result = new CheckpointImport(environment.registry(), environment.reader()).read(file, hints);
        CheckpointStore.write(target, result.checkpoint());
        result.notices().forEach(notice -> Notes.print(spec, notice));
        spec.commandLine().getOut().println(target);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
