package io.uad.runtime;

import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Network;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.fusion.Fusion;
import io.uad.api.image.ScaledDecoder;
import io.uad.api.listener.RunListener;
import io.uad.api.reduction.Reduction;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.plan.Planner;
import io.uad.runtime.plan.PreparedRun;
import io.uad.runtime.plan.RunPlan;
import io.uad.runtime.plugin.PluginCancelled;
import io.uad.runtime.process.Companions;
import io.uad.runtime.process.Topology;
import io.uad.runtime.training.PretextRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A pretext run for programs that embed UAD.
 *
 * <pre>{@code
 * var registry = PluginRegistry.load(getClass().getClassLoader());
 * var reader = new ConfigReader(registry, PresetSource.installed());
 * var config = reader.read(List.of(ConfigLayer.file(Path.of("my.yaml"))));
 * var result = UadRun.of(config)
 *         .listen(event -> show(event))
 *         .execute(RunFolder.Mode.FRESH, null, false);
 * }</pre>
 */
public final class UadRun {
    private static final int LONG_VECTOR = 1 << 16;

    private final PreparedRun prepared;
    private final PretextRun run;
    private final StopSignal planning = new StopSignal();

    private UadRun(PreparedRun prepared) {
        this.prepared = prepared;
        this.run = new PretextRun(prepared);
    }

    /**
     * How a run ended.
     *
     * @param folder where its files are
     * @param interrupted whether it was stopped before its last epoch; what was done since the last whole epoch is in a
     *     checkpoint if its pseudo-labels were found, else a resume repeats it with the same result
     * @param epochs how many epochs are done
     * @param metrics of the last epoch of this session, by name; empty if none ended
     */
    public record Result(Path folder, boolean interrupted, int epochs, Map<String, Double> metrics) {}

    /**
     * Makes all components and checks them against the dataset; no image is read yet. Relative paths are taken from the
     * working folder of this moment, and the run's folder keeps them as absolute ones.
     *
     * @throws io.uad.api.UadException if something does not fit
     */
    public static UadRun of(RunConfig config) {
        return new UadRun(PreparedRun.of(config.withAbsolutePaths()));
    }

    /**
     * Checks as much as needs no images: that the plugins take their options, and that the network has what the fusion asks
     * of it.
     *
     * @throws io.uad.api.UadException if something does not fit
     */
    public static void check(RunConfig config) {
        var seed = new Seed(config.seed());
        var network = network(config);
        var fusion = config.fusion().create(Fusion.class);
        fusion.layout(network, fusion.select(network, seed, 0), seed);
        config.reduction().create(Reduction.class);
        config.clustering().create(ClusteringAlgorithm.class);
        config.uncertainty().create(Uncertainty.class);
        config.decoder().ifPresent(decoder -> decoder.create(ScaledDecoder.class));
    }

    /** For vectors where the backbone takes them, longer ones than most, since only the data know their length. */
    private static Network network(RunConfig config) {
        var backbone = config.backbone().create(Backbone.class);
        try {
            return backbone.network(TensorShape.vector(LONG_VECTOR));
        } catch (UadException e) {
            return backbone.network(TensorShape.image(config.image().size()));
        }
    }

    /** The same as {@link #plan(Topology, RunFolder.Mode, boolean, Consumer)} of a run in one process. */
    public RunPlan plan(RunFolder.Mode mode, boolean calibrate, Consumer<String> notice) {
        return plan(Topology.ALONE, mode, calibrate, notice);
    }

    /**
     * Says what a run from the beginning will take, and writes nothing.
     *
     * @param processes that would share its work; this one leads
     * @param mode what the output folder may hold
     * @param calibrate whether to measure for some seconds, for estimates of time
     * @param notice takes a sentence about what is being done
     * @throws io.uad.api.UadException where {@link #execute} would refuse the run, the same
     * @throws java.util.concurrent.CancellationException if it was asked to {@link #stop}
     */
    public RunPlan plan(Topology processes, RunFolder.Mode mode, boolean calibrate, Consumer<String> notice) {
        try {
            return new Planner(prepared, processes, mode).plan(calibrate, notice, planning);
        } catch (OutOfMemoryError e) {
            throw Machine.outOfMemory(e);
        }
    }

    /**
     * Runs to the end or until {@link #stop}.
     *
     * @param mode what the output folder may hold
     * @param checkpoint with {@link RunFolder.Mode#RESUME} what to go on from: a checkpoint or a run's folder; null for the
     *     newest valid one of the output folder
     * @param allowChanges with {@link RunFolder.Mode#RESUME} whether to go on even though dataset, settings or plugins are
     *     no longer those that the run began with
     * @throws io.uad.api.UadException for all that a user can mend
     */
    public Result execute(RunFolder.Mode mode, @Nullable Path checkpoint, boolean allowChanges) {
        try {
            var outcome = run.execute(mode, checkpoint, allowChanges);
            return new Result(outcome.folder(), outcome.interrupted(), outcome.epochs(), outcome.metrics());
        } catch (PluginCancelled e) { // where no work was to be stopped
            throw e.unasked();
        }
    }

    /**
     * Lets a listener of the program hear the next {@link #execute}, before those that the configuration names. It is closed
     * when that ends, however it does; one that throws is left out like any other.
     *
     * @return this run
     */
    public UadRun listen(RunListener listener) {
        run.listen(listener);
        return this;
    }

    /**
     * Makes this one of the processes that work on a run together. Only the first one opens the run's folder, hears listeners
     * of the configuration, and knows checkpoints; {@link #execute} of the others needs the same configuration.
     *
     * @param companions how to find the others
     * @return this run
     */
    public UadRun together(Companions companions) {
        run.together(companions);
        return this;
    }

    /** Asks the run to end after the step in hand and a checkpoint, or a plan to end without one; from any thread. */
    public void stop() {
        planning.raise();
        run.stop();
    }
}
