package io.uad.cli;

import io.uad.runtime.evaluation.LabelledData;
import io.uad.runtime.evaluation.LinearProbe;
import io.uad.runtime.evaluation.ProbeSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uad eval linear}, with the flags of the original script. */
@Command(
        name = "linear",
        description = "Train a linear classifier on frozen activations (a linear probe) and report its accuracy.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad eval linear --data labelled/ --model exp/photos --conv 3",
            "  uad eval linear --data labelled/ --model exp/photos --conv 1,2,3,4,5 --tencrops --exp exp/probe",
            "  uad eval linear --data labelled/ --model exp/photos --conv 3 --random   the same network, untrained",
            "  uad eval linear --data labelled/ --model exp/resnet --conv layer2,layer4,features",
        })
class EvalLinearCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabelledFolder data = new LabelledFolder();

    @Option(
            names = "--conv",
            split = ",",
            required = true,
            paramLabel = "N|TAP",
            description = "Which activations: N counts convolutions (AlexNet 1 to 5, VGG16 1 to 13), or any tap of the "
                    + "backbone, such as pool2, fc7 or ResNet's layer2; several with commas, in one pass over the "
                    + "images.")
    private List<String> taps = new ArrayList<>();

    @Option(names = "--tencrops", description = "Validate on ten crops of each image, softmax averaged.")
    private boolean tenCrops;

    @Option(
            names = "--pool",
            paramLabel = "WAY",
            defaultValue = "auto",
            completionCandidates = PoolingNames.class,
            description =
                    "How activations are shrunk: ${COMPLETION-CANDIDATES}. Auto is the original's table for AlexNet "
                            + "at 224 pixels, else to at most 9600 features. Default: ${DEFAULT-VALUE}.")
    private ProbeSettings.Pooling pooling = ProbeSettings.Pooling.AUTO;

    @Option(
            names = "--exp",
            defaultValue = "exp/probe",
            paramLabel = "FOLDER",
            description = "Folder of the probe. Default: ${DEFAULT-VALUE}.")
    private Path output = Path.of("exp/probe");

    @Option(names = "--overwrite", description = "Replace the probe that the folder holds.")
    private boolean overwrite;

    @Option(names = "--epochs", defaultValue = "90", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = {"--batch_size", "--batch"},
            defaultValue = "256",
            paramLabel = "N",
            description = "Images per step; half of it in validation with ten crops. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--lr",
            defaultValue = "0.01",
            paramLabel = "RATE",
            description = "Learning rate at the start; it falls as the original's. Default: ${DEFAULT-VALUE}.")
    private double learningRate;

    @Option(names = "--momentum", defaultValue = "0.9", paramLabel = "M", description = "Default: ${DEFAULT-VALUE}.")
    private double momentum;

    @Option(
            names = {"--weight_decay", "--wd"},
            defaultValue = "-4",
            paramLabel = "POWER",
            description = "Weight decay as a power of ten. Default: ${DEFAULT-VALUE}, which is 0.0001.")
    private double weightDecayPower;

    @Option(
            names = "--seed",
            defaultValue = "31",
            paramLabel = "N",
            description = "Of order, crops and first weights. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    private boolean json;

    @Mixin
    private NetworkFlags network = new NetworkFlags();

    EvalLinearCommand(Environment environment) {
        this.environment = environment;
    }

    /** The same under the name of the original script. */
    @Command(
            name = "eval-linear",
            description = "The same as 'eval linear', under the original script's name.",
            hidden = true)
    static final class Alias extends EvalLinearCommand {
        Alias(Environment environment) {
            super(environment);
        }
    }

    /** As one types them. */
    static final class PoolingNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(ProbeSettings.Pooling.values())
                    .map(pooling -> pooling.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }

    @Override
    public Integer call() {
        var probe = probe();
        LinearProbe.Result result;
        try (var work = environment.interruption().during(probe::stop)) {
            result = probe.execute(overwrite);
        }
        if (json) {
            Json.print(spec.commandLine().getOut(), asValues(result));
        } else if (!result.taps().isEmpty()) {
            print(spec.commandLine().getOut(), result);
        }
        return result.interrupted() ? Interruption.EXIT_CODE : 0;
    }

    private LinearProbe probe() {
        network.check();
        var folder = data.checked();
        var settings = new ProbeSettings(
                folder,
                taps.stream().map(Taps::named).toList(),
                tenCrops,
                pooling,
                epochs,
                batch,
                learningRate,
                momentum,
                Objects.requireNonNull(OriginalFlags.tenTo(weightDecayPower)),
                seed,
                output);
        var model = network.open(environment, LabelledData.train(folder), "[console, jsonl]");
        return LinearProbe.of(environment.reader(), model, settings);
    }

    private static void print(PrintWriter out, LinearProbe.Result result) {
        out.println("tap     features   top-1   top-5    loss   best top-1 (epoch)");
        for (var tap : result.taps()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-8s%8d%8.2f%8.2f%8.3f%9.2f (%d)",
                    tap.tap(),
                    tap.features(),
                    tap.top1(),
                    tap.top5(),
                    tap.loss(),
                    tap.bestTop1(),
                    tap.bestEpoch()));
        }
        out.flush();
    }

    private static Map<String, Object> asValues(LinearProbe.Result result) {
        var values = new LinkedHashMap<String, Object>();
        values.put("folder", result.folder().toString());
        values.put("interrupted", result.interrupted());
        var list = new ArrayList<Map<String, Object>>();
        for (var tap : result.taps()) {
            var one = new LinkedHashMap<String, Object>();
            one.put("tap", tap.tap());
            one.put("features", tap.features());
            one.put("epoch", tap.epoch());
            one.put("top1", tap.top1());
            one.put("top5", tap.top5());
            one.put("loss", tap.loss());
            one.put("bestTop1", tap.bestTop1());
            one.put("bestTop5", tap.bestTop5());
            one.put("bestEpoch", tap.bestEpoch());
            list.add(one);
        }
        values.put("taps", list);
        return values;
    }
}
