package io.uad.cli;

import io.uad.runtime.evaluation.ClusterEvaluation;
import io.uad.runtime.evaluation.LabelledData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uad eval clusters}. */
@Command(
        name = "clusters",
        description = "Put labelled images into a run's clusters and compare these with the classes: NMI (arithmetic), "
                + "adjusted Rand index, and accuracy of the best one-to-one pairing (Hungarian).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad eval clusters --data labelled/ --model exp/photos          val/ of labelled/",
            "  uad eval clusters --data labelled/train --model exp/photos",
        })
final class EvalClustersCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description =
                    "Folder with one folder per class, or a packed copy of one (.uadpack). If it has train/ and val/, val/ is "
                            + "taken.")
    private Path data = Path.of("");

    @Mixin
    private ModelFlags model = new ModelFlags();

    @Mixin
    private ReadingFlags reading = new ReadingFlags();

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    private boolean json;

    EvalClustersCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var images = LabelledData.isDivided(data) ? LabelledData.validation(data) : data;
        var clustered = model.open(environment, images);
        var evaluation =
                new ClusterEvaluation(clustered, reading.batch(clustered.model().config()));
        var result = environment.interruption().during(evaluation::stop, evaluation::execute);
        if (result.isEmpty()) {
            return Interruption.EXIT_CODE;
        }
        var found = result.get();
        var out = spec.commandLine().getOut();
        if (json) {
            var values = new LinkedHashMap<String, Object>();
            values.put("data", images.toString());
            values.put("epoch", clustered.epoch());
            values.put("images", found.images());
            values.put("clusters", found.clusters());
            values.put("classes", found.classes());
            values.put("nmi", found.nmi());
            values.put("ari", found.ari());
            values.put("accuracy", found.accuracy());
            Json.print(out, values);
        } else {
            out.println(found.images() + " images of " + images + ": " + found.classes() + " classes in "
                    + found.clusters() + " clusters of epoch " + clustered.epoch());
            out.println(String.format(
                    Locale.ROOT, "NMI %.4f, ARI %.4f, accuracy %.4f", found.nmi(), found.ari(), found.accuracy()));
            out.flush();
        }
        return 0;
    }
}
