package io.uad.cli;

import io.uad.cli.quickstart.Quickstart;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uad quickstart}. */
@Command(
        name = "quickstart",
        description =
                "Make a small image set, learn from it without its labels, and compare a linear probe of what was "
                        + "learned with one of the untrained network. Takes a few minutes.",
        footerHeading = "%nExamples:%n",
        footer = {"  uad quickstart", "  uad quickstart --exp exp/again --seed 7"})
final class QuickstartCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--exp",
            defaultValue = "exp/quickstart",
            paramLabel = "FOLDER",
            description = "Where everything goes; a quickstart that is there is replaced. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("exp/quickstart");

    @Option(
            names = "--seed",
            defaultValue = "31",
            paramLabel = "N",
            description = "Of images, training and probes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "Print the figures as JSON on standard output.")
    private boolean json;

    QuickstartCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var quickstart = new Quickstart(environment.reader(), folder, seed, sentence -> Notes.print(spec, sentence));
        Quickstart.Result result;
        try (var work = environment.interruption().during(quickstart::stop)) {
            result = quickstart.run().orElse(null);
        }
        if (result == null) {
            Notes.print(spec, "quickstart interrupted; start it again to begin anew");
            return Interruption.EXIT_CODE;
        }
        var out = spec.commandLine().getOut();
        if (json) {
            var values = new LinkedHashMap<String, Object>();
            values.put("top1", result.top1());
            values.put("randomTop1", result.randomTop1());
            values.put("seconds", result.seconds());
            values.put("tap", Quickstart.TAP);
            values.put("folder", folder.toString());
            Json.print(out, values);
        } else {
            out.println(String.format(
                    Locale.ROOT,
                    "%nLinear probe on %s, ten classes, the last probe epoch:%n"
                            + "  learned without labels   %5.1f %% top-1%n"
                            + "  the untrained network    %5.1f %% top-1%n"
                            + "after %.0f s. Results: %s%n"
                            + "  images/            what it learned from, and the labels of the probe%n"
                            + "  run/               configuration, metrics, clusters, checkpoint%n"
                            + "  probe/, random/    the two probes%n"
                            + "Next: uad train YOUR_IMAGES/ --exp exp/mine --k 100 --epochs 20 --batch 64",
                    Quickstart.TAP,
                    result.top1(),
                    result.randomTop1(),
                    result.seconds(),
                    folder));
            out.flush();
        }
        return 0;
    }
}
