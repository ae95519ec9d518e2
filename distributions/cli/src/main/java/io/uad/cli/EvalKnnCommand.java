package io.uad.cli;

import io.uad.runtime.evaluation.LabelledData;
import io.uad.runtime.evaluation.NearestNeighbours;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uad eval knn}. */
@Command(
        name = "knn",
        description = "Classify val/ by the nearest neighbours in train/; trains nothing, so it takes one pass.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad eval knn --data labelled/ --model exp/photos",
            "  uad eval knn --data labelled/ --model exp/photos --tap conv4 --k 1,5,20",
            "  uad eval knn --data labelled/ --model exp/photos --random   the same network, untrained",
        })
final class EvalKnnCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabelledFolder data = new LabelledFolder();

    @Mixin
    private NetworkFlags network = new NetworkFlags();

    @Option(
            names = "--tap",
            paramLabel = "N|TAP",
            description =
                    "Which activations, such as fc7, conv4 or 4, pooled as the linear probe does it. Default: the "
                            + "highest tap that the run clustered.")
    private @Nullable String tap;

    @Option(
            names = "--k",
            split = ",",
            defaultValue = "20",
            paramLabel = "K",
            description = "How many neighbours vote; several numbers with commas. Default: ${DEFAULT-VALUE}.")
    private List<Integer> neighbours = new ArrayList<>();

    @Option(
            names = "--temperature",
            defaultValue = "0.07",
            paramLabel = "T",
            description = "A neighbour of cosine similarity s has the vote exp(s / T). Default: ${DEFAULT-VALUE}.")
    private double temperature;

    @Mixin
    private ReadingFlags reading = new ReadingFlags();

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    private boolean json;

    EvalKnnCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        network.check();
        var folder = data.checked();
        var model = network.open(environment, LabelledData.train(folder), "[console]");
        var name = tap == null ? model.highestTap() : Taps.named(tap);
        var settings =
                new NearestNeighbours.Settings(folder, name, neighbours, temperature, reading.batch(model.config()));
        var search = new NearestNeighbours(environment.reader(), model, settings);
        var result = environment.interruption().during(search::stop, search::execute);
        if (result.isEmpty()) {
            return Interruption.EXIT_CODE;
        }
        if (json) {
            Json.print(spec.commandLine().getOut(), asValues(result.get()));
        } else {
            print(spec.commandLine().getOut(), result.get());
        }
        return 0;
    }

    private static void print(PrintWriter out, NearestNeighbours.Result result) {
        out.println(result.tap() + ", " + result.features() + " features: " + result.queries()
                + " images of val/ among " + result.bank() + " of train/");
        out.println("      k   top-1   top-5");
        for (var score : result.scores()) {
            out.println(String.format(Locale.ROOT, "%7d%8.2f%8.2f", score.k(), score.top1(), score.top5()));
        }
        out.flush();
    }

    private Map<String, Object> asValues(NearestNeighbours.Result result) {
        var values = new LinkedHashMap<String, Object>();
        values.put("tap", result.tap());
        values.put("features", result.features());
        values.put("bank", result.bank());
        values.put("queries", result.queries());
        values.put("temperature", temperature);
        var list = new ArrayList<Map<String, Object>>();
        for (var score : result.scores()) {
            var one = new LinkedHashMap<String, Object>();
            one.put("k", score.k());
            one.put("top1", score.top1());
            one.put("top5", score.top5());
            list.add(one);
        }
        values.put("scores", list);
        return values;
    }
}
