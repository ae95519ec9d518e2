package io.uad.runtime.training;

import io.uad.api.ErrorKind;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.StageContext;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.listener.RunEvent;
import io.uad.runtime.backbone.Initialization;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.feature.FeatureReducer;
import io.uad.runtime.feature.ReducedFeatures;
import io.uad.runtime.image.LoadedBatch;
import io.uad.runtime.listener.Listeners;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * The loop: in every epoch the network's own features are fused, reduced and clustered, each pseudo-label is weighed, and
 * the network is trained on them.
 *
 * <p>Every random choice is a function of (run seed, stage, epoch, index), so a run that goes on needs no replay.
 */
final class PretextLoop {
    private final RunConfig config;
    private final Components components;
    private final Network network;
    private final PretextImages images;
    private final RunRecorder recorder;
    private final Listeners listeners;
    private final StopSignal stop;
    private final LinearAlgebra algebra;
    private final TrainingSession session;
    private final Seed seed;
    private Map<String, Double> lastMetrics = Map.of();
    private int epochsDone;

    PretextLoop(
            RunConfig config,
            Components components,
            Network network,
            PretextImages images,
            RunRecorder recorder,
            Listeners listeners,
            StopSignal stop,
            LinearAlgebra algebra,
            TrainingSession session) {
        this.config = config;
        this.components = components;
        this.network = network;
        this.images = images;
        this.recorder = recorder;
        this.listeners = listeners;
        this.stop = stop;
        this.algebra = algebra;
        this.session = session;
        this.seed = new Seed(config.seed());
    }

    /**
     * Trains to the last epoch, from the beginning or from where a checkpoint left off.
     *
     * @return whether it got there; false if it was asked to stop, and then a checkpoint holds all that was done
     */
    boolean run(RunPosition from) {
        var position = from;
        epochsDone = from.epoch();
        while (position.epoch() < config.training().epochs()) {
            var began = System.nanoTime();
            EpochPlan plan;
            try {
                plan = position.plan() == null ? plan(position) : position.plan();
            } catch (CancellationException e) {
                requireStopped(e);
                return false; // nothing is lost: the checkpoint after the last epoch, or the seed, leads back here
            }
            var trained = train(plan, position);
            if (!trained.complete()) {
                recorder.running(plan, trained.position(), session);
                return false;
            }
            position = finish(plan, trained.position(), began);
            epochsDone = position.epoch();
        }
        return true;
    }

    /** From images to pseudo-labels with weights, and a new head for them. */
    private EpochPlan plan(RunPosition position) {
        var epoch = position.epoch();
        var fusion = "fusion/" + config.fusion().name();
        var selections = PluginContract.guard(fusion, () -> components.fusion().select(network, seed, epoch));
        var layout = PluginContract.guard(fusion, () -> components.fusion().layout(network, selections, seed));
        var features = stage(epoch, "features", context -> features(context, selections, layout));
        var clustering = stage(epoch, "clustering", context -> cluster(features, context));
        var weights = stage(epoch, "uncertainty", context -> weigh(features, clustering, context));
        var labels = images.bySample(features.samples(), clustering.labels(), Clustering.NOISE);
        var order = UniformSampling.draw(
                labels,
                clustering.clusterCount(),
                config.sampling().reassign(),
                seed.derive("sampling").derive(epoch));
        requireSome(order, clustering, epoch);

        var metrics = EpochMetrics.of(
                clustering,
                weights,
                features.samples(),
                position.previousLabels(),
                images.classLabels(),
                config.training().batch());
        metrics.putAll(EpochMetrics.shares(layout.parts(), features.varianceShares()));
        var plan = new EpochPlan(
                epoch,
                selections,
                features.projection(),
                clustering.centroids(),
                labels,
                images.bySample(features.samples(), clustering.squaredDistances()),
                images.bySample(features.samples(), weights),
                position.previousLabels(),
                order,
                metrics);
        session.replaceHead(
                plan.classes(),
                Initialization.headWeight(
                        network, plan.classes(), seed.derive("head").derive(epoch)),
                new float[plan.classes()]);
        recorder.assignments(plan);
        return plan;
    }

    private ReducedFeatures features(StageContext context, List<TapSelection> selections, FusedLayout layout) {
        var rows = new NetworkRows(config.fusion().name(), session, selections, layout, images, context.seed());
        var reducer = new FeatureReducer(components.reduction(), recorder.storage(), context);
        return PluginContract.guard(
                "reduction/" + config.reduction().name(), () -> reducer.reduce(rows, images.count()));
    }

    private Clustering cluster(ReducedFeatures features, StageContext context) {
        var clustering = PluginContract.guard(
                "clustering/" + config.clustering().name(),
                () -> components.clustering().cluster(features.rows(), context));
        PluginContract.check(config.clustering().name(), clustering, features.samples().length);
        return clustering;
    }

    private float[] weigh(ReducedFeatures features, Clustering clustering, StageContext context) {
        var weights = PluginContract.guard(
                "uncertainty/" + config.uncertainty().name(),
                () -> components.uncertainty().weights(features.rows(), clustering, context));
        PluginContract.check(config.uncertainty().name(), weights, clustering.labels());
        return weights;
    }

    /** Where training stopped, and whether the epoch's sample is used up. */
    private record Trained(RunPosition position, boolean complete) {}

    /** One pass over the epoch's sample, or as much of it as is left and is allowed. */
    private Trained train(EpochPlan plan, RunPosition start) {
        var epoch = plan.epoch();
        var settings = config.training();
        var body = new Sgd(settings.learningRate(), settings.momentum(), settings.weightDecay());
        var head = new Sgd(settings.learningRate(), 0, settings.weightDecay());
        var dropout = seed.derive("dropout").derive(epoch);
        var outputs = plan.outputs();
        var steps = (plan.order().length + settings.batch() - 1) / settings.batch();
        var position = RunPosition.within(plan, start.iteration(), start.progress());
        var began = System.nanoTime();
        listeners.on(new RunEvent.StageStarted(epoch, "training"));
        try (var batches = images.augmented(plan, start.progress().position())) {
            while (batches.hasNext()) {
                if (stop.isRaised()) {
                    return new Trained(position, false);
                }
                var batch = batches.next();
                var inputs = labelled(batch, plan, outputs);
                var outcome = PluginContract.guard(
                        "engine/" + config.engine().name(),
                        () -> session.backward(inputs, new DropoutSeed(dropout, batch.firstPosition())));
                recorder.requireFinite(
                        outcome.loss(), epoch, position.progress().step());
                session.update(body, head);

                var size = batch.indices().length;
                var progress = position.progress().after(size, batch.nextPosition(), outcome.loss(), outcome.correct());
                position = RunPosition.within(plan, position.iteration() + 1, progress);
                listeners.on(new RunEvent.StepFinished(
                        epoch,
                        position.iteration() - 1,
                        progress.step() - 1,
                        steps,
                        outcome.loss(),
                        (double) outcome.correct() / size));
                if (position.iteration() % config.checkpoint().everyIterations() == 0) {
                    recorder.numbered(plan, position, session);
                }
            }
        } catch (CancellationException e) {
            requireStopped(e);
            return new Trained(position, false);
        }
        listeners.on(new RunEvent.StageFinished(epoch, "training", seconds(began)));
        return new Trained(position, true);
    }

    /** A plugin may end its work like that for reasons of its own; only our asking ends a run in peace. */
    private void requireStopped(CancellationException e) {
        if (!stop.isRaised() && !Thread.currentThread().isInterrupted()) {
            throw new UadException(
                    ErrorKind.PLUGIN,
                    "a stage was cancelled: " + e.getMessage(),
                    "",
                    "",
                    "Report this to its author",
                    e);
        }
    }

    private void requireSome(int[] order, Clustering clustering, int epoch) {
        if (order.length > 0) {
            return;
        }
        var noise = Arrays.stream(clustering.labels()).allMatch(label -> label == Clustering.NOISE);
        throw noise
                ? UadException.data(
                        "the clustering calls every image noise",
                        "epoch " + epoch,
                        "clusters to learn from",
                        "Change the options of clustering/"
                                + config.clustering().name())
                : UadException.config(
                        "sampling.reassign " + config.sampling().reassign() + " of " + clustering.labels().length
                                + " images is less than one image",
                        "sampling.reassign",
                        "a share that leaves images to train on",
                        "Raise it (--reassign)");
    }

    private static LabelledBatch labelled(LoadedBatch batch, EpochPlan plan, int[] outputs) {
        var size = batch.indices().length;
        var labels = new int[size];
        var weights = new float[size];
        for (var i = 0; i < size; i++) {
            labels[i] = outputs[plan.labels()[batch.indices()[i]]];
            weights[i] = plan.weights()[batch.indices()[i]];
        }
        return new LabelledBatch(batch.images(), labels, weights);
    }

    private RunPosition finish(EpochPlan plan, RunPosition end, long began) {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("loss", end.progress().meanLoss());
        metrics.put("accuracy", end.progress().accuracy());
        metrics.put("steps", (double) end.progress().step());
        metrics.putAll(plan.metrics());
        listeners.on(new RunEvent.EpochFinished(plan.epoch(), end.iteration(), metrics, seconds(began)));
        lastMetrics = metrics;
        recorder.complete(plan, end, session);
        return RunPosition.after(plan, end.iteration());
    }

    /** How many epochs are done. */
    int epochsDone() {
        return epochsDone;
    }

    /** The metrics of the last epoch that ended; empty before the first. */
    Map<String, Double> lastMetrics() {
        return lastMetrics;
    }

    private <T> T stage(int epoch, String name, Function<StageContext, T> work) {
        listeners.on(new RunEvent.StageStarted(epoch, name));
        var began = System.nanoTime();
        var progress =
                stop.guarding((done, total) -> listeners.on(new RunEvent.StageProgressed(epoch, name, done, total)));
        var context = new StageContext(algebra, seed.derive(name).derive(epoch), progress, listeners::notice);
        var result = work.apply(context);
        listeners.on(new RunEvent.StageFinished(epoch, name, seconds(began)));
        return result;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
