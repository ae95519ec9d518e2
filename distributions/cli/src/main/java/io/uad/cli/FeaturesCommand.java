package io.uad.cli;

import io.uad.api.UadException;
import io.uad.runtime.inference.FeatureExport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad features}. */
@Command(
        name = "features",
        description = "Write the features of each image of a folder, a row each: .npy with a list of paths beside it, "
                + "or .csv.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad features photos/ --model exp/photos -o photos.npy",
            "  uad features photos/ --model exp/photos --tap conv5 --pool none -o conv5.npy",
            "  uad features photos/ --model exp/photos --reduced -o reduced.csv   what the run clusters",
        })
final class FeaturesCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            description = "Folder of images, flat or nested, or a packed copy of one (.uadpack).")
    private Path folder = Path.of("");

    @Mixin
    private NetworkFlags network = new NetworkFlags();

    @Option(
            names = "--tap",
            paramLabel = "N|TAP",
            description =
                    "Which activations, such as fc7, conv4 or 4. Default: the highest tap that the run clustered.")
    private @Nullable String tap;

    @Option(
            names = "--pool",
            paramLabel = "HOW",
            description =
                    "none keeps whole activations, adaptive averages them to at most 9600 features, as the linear "
                            + "probe does. Default: adaptive.")
    private @Nullable Pool pool;

    @Option(
            names = "--reduced",
            description = "The rows that the run clusters: taps fused and projected as it does it.")
    private boolean reduced;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "features.npy",
            paramLabel = "FILE",
            description = "A name that ends in .npy, .csv or .csv.gz. Default: ${DEFAULT-VALUE}.")
    private Path output = Path.of("features.npy");

    @Option(names = "--overwrite", description = "Replace the file if it exists.")
    private boolean overwrite;

    @Mixin
    private ReadingFlags reading = new ReadingFlags();

    @Option(names = "--json", description = "Print what was written as JSON on standard output.")
    private boolean json;

    private enum Pool {
        NONE,
        ADAPTIVE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    FeaturesCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var export = reduced ? reduced() : atTap();
        var result = environment.interruption().during(export::stop, export::execute);
        if (result.isEmpty()) {
            return Interruption.EXIT_CODE;
        }
        var written = result.get();
        if (json) {
            var values = new LinkedHashMap<String, Object>();
            values.put("files", written.files().stream().map(Path::toString).toList());
            values.put("features", written.kind());
            values.put("rows", written.rows());
            values.put("columns", written.columns());
            values.put("leftOut", written.leftOut());
            Json.print(spec.commandLine().getOut(), values);
        } else {
            Notes.print(
                    spec,
                    written.kind() + ": " + written.rows() + " rows of " + written.columns() + " features: "
                            + String.join(
                                    ", ",
                                    written.files().stream().map(Path::toString).toList())
                            + (written.leftOut().isEmpty()
                                    ? ""
                                    : "; " + written.leftOut().size() + " images left out"));
        }
        return 0;
    }

    private FeatureExport atTap() {
        var model = network.open(environment, folder, "[console]");
        var name = tap == null ? model.highestTap() : model.requireTap(Taps.named(tap), "--tap");
        return FeatureExport.ofTap(
                model,
                name,
                pool == Pool.NONE,
                new FeatureExport.Settings(output, overwrite, reading.batch(model.config())));
    }

    private FeatureExport reduced() {
        if (tap != null || pool != null || network.isRandom()) {
            throw UadException.config(
                    "--reduced has its own taps and a trained network",
                    "--reduced",
                    "no --tap, --pool and --random beside it",
                    "Leave them out, or --reduced");
        }
        var clustered = network.openClustered(environment, folder, "[console]");
        return FeatureExport.reduced(
                clustered,
                new FeatureExport.Settings(
                        output, overwrite, reading.batch(clustered.model().config())));
    }
}
