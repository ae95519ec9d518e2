package io.uad.cli;

import io.uad.runtime.inference.Assignment;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad assign}. */
@Command(
        name = "assign",
        description = "Find the cluster of each image, also of images that the run never saw: CSV with path, cluster, "
                + "squared distance to its centroid and weight.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad assign new-photos/ --model exp/photos > clusters.csv",
            "  uad assign new-photos/ --model exp/photos -o clusters.csv.gz",
        })
final class AssignCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            description = "Folder of images, flat or nested, or a packed copy of one (.uadpack).")
    private Path folder = Path.of("");

    @Mixin
    private ModelFlags model = new ModelFlags();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write, gzipped if the name ends in .gz. Default: standard output.")
    private @Nullable Path output;

    @Option(names = "--overwrite", description = "Replace the file if it exists.")
    private boolean overwrite;

    @Mixin
    private ReadingFlags reading = new ReadingFlags();

    AssignCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var clustered = model.open(environment, folder);
        var assignment =
                new Assignment(clustered, reading.batch(clustered.model().config()));
        var file = output;
        var result = environment
                .interruption()
                .during(
                        assignment::stop,
                        () -> file == null
                                ? assignment.writeTo(spec.commandLine().getOut())
                                : assignment.writeTo(file, overwrite));
        if (result.isEmpty()) {
            return Interruption.EXIT_CODE;
        }
        Notes.print(
                spec,
                result.get().images() + " images in " + result.get().clusters() + " clusters of epoch "
                        + clustered.epoch() + (file == null ? "" : ": " + file)
                        + (result.get().leftOut() == 0
                                ? ""
                                : "; " + result.get().leftOut() + " left out"));
        return 0;
    }
}
