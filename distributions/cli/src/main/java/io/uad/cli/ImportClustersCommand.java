package io.uad.cli;

import io.uad.api.dataset.Dataset;
import io.uad.exchange.ClusterLogImport;
import io.uad.runtime.config.ConfigLayer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad import clusters}. */
@Command(
        name = "clusters",
        description =
                "Read the original program's log of assignments (EXP/clusters): for each epoch, which images are in which "
                        + "cluster. It holds no distances and no weights: 0 and 1 stand for them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad import clusters exp/clusters -o clusters/ --data photos/   epoch-0000.csv.gz, epoch-0001.csv.gz, ...",
            "  uad import clusters exp/clusters -o clusters.csv               one table of epoch, image and cluster",
        })
final class ImportClustersCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The log, a pickle.")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description =
                    "A name that ends in .csv for one table, else a folder for a file per epoch as runs write them.")
    private Path output = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The images it is about, which gives their paths. Default: their numbers in folder order.")
    private @Nullable Path data;

    @Option(names = "--overwrite", description = "Replace files of these names.")
    private boolean overwrite;

    ImportClustersCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var log = ClusterLogImport.read(file, paths());
        if (output.toString().endsWith(".csv")) {
            log.writeTable(output, overwrite);
        } else {
            log.writeFolder(output, overwrite);
        }
        Notes.print(spec, log.summary());
        spec.commandLine().getOut().println(output);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private Optional<List<String>> paths() {
        if (data == null) {
            return Optional.empty();
        }
        var layer = ConfigLayer.assignment("--data", "dataset.path", data.toString());
        var dataset = environment.reader().read(List.of(layer)).dataset().create(Dataset.class);
        return Optional.of(IntStream.range(0, dataset.size())
                .mapToObj(sample -> dataset.sample(sample).path())
                .toList());
    }
}
