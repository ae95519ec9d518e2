package io.uad.runtime.plan;

import io.uad.api.ErrorKind;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.clustering.ClusteringForecast;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.image.ScaledDecoder;
import io.uad.api.reduction.ReductionForecast;
import io.uad.runtime.config.ComponentConfig;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.feature.ForwardPass;
import io.uad.runtime.process.Topology;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A run whose components are made and fit together, as one of its processes sees it.
 *
 * @param network that the backbone describes for the dataset's images or vectors
 * @param selections the taps that the first epoch fuses
 * @param layout of the rows that they become
 * @param processes that share its work
 * @param takesViews whether their engine takes the views of images itself, which is known once it is open
 */
public record PreparedRun(
        RunConfig config,
        Components components,
        Network network,
        List<TapSelection> selections,
        FusedLayout layout,
        Topology processes,
        boolean takesViews) {
    /** As many as an array holds, with room for one more from each cluster. */
    private static final int MOST_IMAGES = 1_000_000_000;

    /** In one process, with an engine that takes no views. */
    public PreparedRun(
            RunConfig config,
            Components components,
            Network network,
            List<TapSelection> selections,
            FusedLayout layout) {
        this(config, components, network, selections, layout, Topology.ALONE, false);
    }

    /**
     * Makes all components and checks what can be checked before any image is read.
     *
     * @throws UadException if components, network and dataset do not fit together
     */
    public static PreparedRun of(RunConfig config) {
        var components = Components.of(config);
        config.decoder()
                .ifPresent(decoder -> decoder.create(ScaledDecoder.class)); // an error before anything is loaded
        var dataset = components.dataset().summary();
        var network = components.backbone().network(config.image().inputOf(dataset));
        var seed = new Seed(config.seed());
        var selections = components.fusion().select(network, seed, 0);
        var layout = components.fusion().layout(network, selections, seed);
        var run = new PreparedRun(config, components, network, selections, layout);
        run.requireSamples(
                components.clustering().minimumRows(), "clustering", config.clustering(), "clusters or neighbours");
        run.requireSamples(components.reduction().minimumRows(), "reduction", config.reduction(), "components");
        requireBudget(config.sampling().reassign(), run.images());
        return run;
    }

    /** The same in some processes. */
    PreparedRun in(Topology topology) {
        return new PreparedRun(config, components, network, selections, layout, topology, takesViews);
    }

    /** The same with an engine that has that or not. */
    PreparedRun takingViews(boolean takes) {
        return new PreparedRun(config, components, network, selections, layout, processes, takes);
    }

    /** N, unreadable ones included. */
    public int images() {
        return components.dataset().size();
    }

    /** Whether the samples are vectors. */
    boolean hasVectors() {
        return components.dataset().summary().vectorLength().isPresent();
    }

    /** Images that an epoch trains on if each of them can be read. */
    int drawn() {
        return (int) Math.min(Integer.MAX_VALUE, config.sampling().reassign() * images());
    }

    /** Samples of a full step, of all processes together. */
    int trainedTogether() {
        return Math.min(config.training().batch(), drawn());
    }

    /** Samples of a full step that this process trains on at most. */
    int trainedAtOnce() {
        return processes.longestSlice(trainedTogether());
    }

    /** The same at least. */
    int leastTrained() {
        return processes.shortestSlice(trainedTogether());
    }

    /** Samples of a full batch whose features are computed. */
    int fusedAtOnce() {
        return Math.min(config.training().batch(), images());
    }

    /** Samples of the first such batch of this process at least: the fitted ones are dealt out before the others. */
    int leastFused() {
        if (processes.leads()) {
            return fusedAtOnce();
        }
        var batch = config.training().batch();
        var others = images() - fittedRows();
        var first = processes.leastDealt(fittedRows(), batch);
        return others == 0 ? first : Math.min(first, processes.leastDealt(others, batch));
    }

    /** Samples of such a batch that go through the network together. */
    int forwardedAtOnce() {
        return hasVectors() ? fusedAtOnce() : Math.min(fusedAtOnce(), ForwardPass.imagesAtOnce(network, 0));
    }

    /** Threads that somebody chose for the engine of each process. */
    OptionalInt chosenThreads() {
        return config.engine().option("threads").orElse(null) instanceof OptionalInt chosen
                ? chosen
                : OptionalInt.empty();
    }

    /** What all images take decoded; {@link RunSizes#UNKNOWN} without a calibration. */
    long decodedBytes(@Nullable Measured measured) {
        return measured == null ? RunSizes.UNKNOWN : measured.decodedBytes() * images();
    }

    /** Steps of an epoch. */
    int steps() {
        return (int) (((long) drawn() + config.training().batch() - 1)
                / config.training().batch());
    }

    /** Epochs that are yet to come. */
    int epochs() {
        return config.training().epochs() - config.training().startEpoch();
    }

    /** Rows that the reduction is fitted on. */
    int fittedRows() {
        return Math.min(images(), components.reduction().sampleRows());
    }

    /** What the reduction says of itself. */
    Optional<ReductionForecast> reduction() {
        return components.reduction().forecast(fittedRows(), layout.columns());
    }

    /** Columns that are clustered: at most those that are fused, where the reduction does not say. */
    int reducedColumns() {
        return reduction().map(ReductionForecast::columns).orElse(layout.columns());
    }

    /** What the clustering says of itself. */
    Optional<ClusteringForecast> clustering() {
        return components.clustering().forecast(images(), reducedColumns());
    }

    private static void requireBudget(double reassign, int images) {
        var budget = reassign * images;
        if (budget < 1 || budget > MOST_IMAGES) {
            throw UadException.config(
                    "sampling.reassign " + reassign + " of " + images + " images is "
                            + (budget < 1 ? "less than one image" : "more than an epoch can hold"),
                    "sampling.reassign",
                    "1 to " + MOST_IMAGES + " images in an epoch",
                    (budget < 1 ? "Raise" : "Lower") + " it (--reassign)");
        }
    }

    private void requireSamples(int least, String stage, ComponentConfig chosen, String what) {
        if (images() < least) {
            var samples = hasVectors() ? " rows" : " images";
            throw new UadException(
                    ErrorKind.CONFIG,
                    images() + samples + " in "
                            + components.dataset().summary().location() + " are too few for the " + what
                            + " asked for",
                    stage + "/" + chosen.name(),
                    least + samples + " or more",
                    "Ask for fewer " + what + " (--set " + stage + ".OPTION=N; 'uad plugins describe " + chosen.name()
                            + "' lists the options), or add" + samples);
        }
    }
}
