package io.uad.benchmarks;

import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.engine.Engine;
import io.uad.api.engine.StageContext;
import io.uad.plugin.clustering.kmeans.KMeansOptions;
import io.uad.plugin.clustering.kmeans.KMeansProvider;
import io.uad.plugin.engine.djl.DjlOptions;
import io.uad.plugin.engine.djl.DjlProvider;
import io.uad.plugin.reduction.pca.PcaOptions;
import io.uad.plugin.reduction.pca.PcaProvider;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.feature.FeatureReducer;
import io.uad.runtime.feature.SpillingStorage;
import java.io.PrintWriter;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From fused rows to clusters at the size of ImageNet, with rows that are made up as they are asked for. */
@Command(
        name = "streaming",
        description = "Reduces and clusters as many rows as ImageNet has: seconds per row and memory.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class StreamingBenchmark implements Callable<Integer> {
    private static final Seed SEED = new Seed(31);

    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "20000,1280000",
            description = "how many rows, one after the other")
    private int[] rows = {};

    @Option(names = "--columns", defaultValue = "9928", description = "columns of a fused row")
    private int columns;

    @Option(names = "--k", defaultValue = "1000", description = "clusters")
    private int k;

    @Option(names = "--threads", defaultValue = "2", description = "threads of the library")
    private int threads;

    private final PrintWriter out;

    StreamingBenchmark(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        out.println("| rows | fit and project, s | µs/row | k-means, s | µs/row | all, µs/row | highest memory, MiB |");
        out.println("| --- | --- | --- | --- | --- | --- | --- |");
        try (var engine = new DjlProvider().create(Options.of(new DjlOptions("cpu", OptionalInt.of(threads))))) {
            for (var count : rows) {
                measure(engine, count);
            }
        }
        return 0;
    }

    private void measure(Engine engine, int count) {
        var context = StageContext.quiet(engine.linearAlgebra(), SEED);
        var reduction = new PcaProvider().create(Options.of(new PcaOptions(OptionalInt.of(256), 20_000)));
        var began = System.nanoTime();
        var reduced = new FeatureReducer(reduction, SpillingStorage.temporary(), context)
                .reduce(new SimulatedRows(columns), count);
        var middle = System.nanoTime();
        new KMeansProvider()
                .create(Options.of(new KMeansOptions(OptionalInt.of(k), 20)))
                .cluster(reduced.rows(), context);
        var reducing = (middle - began) * 1e-9;
        var clustering = (System.nanoTime() - middle) * 1e-9;
        out.printf(
                "| %d | %.1f | %.1f | %.1f | %.1f | %.1f | %d |%n",
                count,
                reducing,
                reducing / count * 1e6,
                clustering,
                clustering / count * 1e6,
                (reducing + clustering) / count * 1e6,
                Machine.peakBytes() >> 20);
        out.flush();
    }
}
