package io.uad.runtime.training;

import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.listener.RunEvent;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.config.TrainingSettings.HeadStart;
import io.uad.runtime.feature.FeatureReducer;
import io.uad.runtime.feature.ForwardPass;
import io.uad.runtime.feature.NetworkRows;
import io.uad.runtime.feature.ReducedFeatures;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.plan.Components;
import io.uad.runtime.process.Processes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * The loop: in every epoch the network's own features are fused, reduced and clustered, each pseudo-label is weighed, and
 * the network is trained on them.
 *
 * <p>Several processes run it side by side: each forwards and trains its part of the samples; the first one clusters.
 *
 * <p>Every random choice is a function of (run seed, stage, epoch, index), so a run that goes on needs no replay.
 */
final class PretextLoop {
    private final RunConfig config;
    private final Components components;
    private final Network network;
    private final PretextImages images;
    private final Recorder recorder;
    private final Listeners listeners;
    private final StopSignal stop;
    private final Processes processes;
    private final LinearAlgebra algebra;
    private final TrainingSession session;
    private final Seed seed;
    private final NewHead head;
    private final EpochTraining training;
    private final Reclustering reclustering;
    private Map<String, Double> lastMetrics = Map.of();
    private double planSeconds;
    private double savedSeconds;
    private int epochsDone;
    private boolean warnedOfOrder;

    PretextLoop(
            RunConfig config,
            Components components,
            Network network,
            PretextImages images,
            Recorder recorder,
            Listeners listeners,
            StopSignal stop,
            Processes processes,
            LinearAlgebra algebra,
            TrainingSession session) {
        this.config = config;
        this.components = components;
        this.network = network;
        this.images = images;
        this.recorder = recorder;
        this.listeners = listeners;
        this.stop = stop;
        this.processes = processes;
        this.algebra = algebra;
        this.session = session;
        this.seed = new Seed(config.seed());
        this.head = new NewHead(network, session, config.training().head(), seed.derive("head"));
        this.reclustering = Reclustering.of(config.training());
        this.training = new EpochTraining(config, images, recorder, listeners, stop, processes, session);
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
            listeners.on(new RunEvent.EpochStarted(
                    position.epoch(), config.training().epochs()));
            EpochPlan plan;
            try {
                plan = position.plan() == null ? plan(position) : position.plan();
            } catch (CancellationException e) {
                stop.requireRaised(e);
                return false; // nothing is lost: the checkpoint after the last epoch, or the seed, leads back here
            }
            var trained = training.run(plan, position);
            if (!trained.complete()) {
                recorder.running(plan, trained.position(), session);
                return false;
            }
            position = finish(plan, trained.position(), began);
            epochsDone = position.epoch();
        }
        if (savedSeconds > 0) {
            listeners.notice(String.format(
                    Locale.ROOT, "clustering less often saved about %.1f s in this session", savedSeconds));
        }
        return true;
    }

    private EpochPlan plan(RunPosition position) {
        var finished = position.finished();
        if (finished != null && reclustering.mayKeep(finished)) {
            return kept(finished);
        }
        var began = System.nanoTime();
        var plan = found(position);
        planSeconds = seconds(began);
        return plan;
    }

    /** The pseudo-labels of the epoch before, with the head that knows them. */
    private EpochPlan kept(EpochPlan finished) {
        var epoch = finished.epoch() + 1;
        listeners.on(new RunEvent.StageSkipped(epoch, "clustering", planSeconds, reclustering.reason(finished)));
        savedSeconds += planSeconds;
        var plan = reclustering.keep(
                finished, order(epoch, finished.labels(), finished.centroids().rows()));
        recorder.assignments(plan);
        return plan;
    }

    private int[] order(int epoch, int[] labels, int clusters) {
        return UniformSampling.draw(
                labels,
                clusters,
                config.sampling().reassign(),
                seed.derive("sampling").derive(epoch));
    }

    /** From images to pseudo-labels with weights, and a new head for them. */
    private EpochPlan found(RunPosition position) {
        var epoch = position.epoch();
        var selections = components.fusion().select(network, seed, epoch);
        var layout = components.fusion().layout(network, selections, seed);
        var features = stage(epoch, "features", context -> features(epoch, context, selections, layout));
        var plan = processes.byLeader(() -> clustered(position, selections, layout, features), RunForms.PLAN);
        var carried = head.install(plan);
        if (config.training().head() == HeadStart.MATCHED) {
            plan.metrics().put("carried-outputs", (double) carried);
        }
        recorder.assignments(plan);
        return plan;
    }

    /** The pseudo-labels for features, their weights, and what is known of them. */
    private EpochPlan clustered(
            RunPosition position, List<TapSelection> selections, FusedLayout layout, ReducedFeatures features) {
        var epoch = position.epoch();
        var clustering =
                stage(epoch, "clustering", context -> components.clustering().cluster(features.rows(), context));
        var weights = stage(
                epoch,
                "uncertainty",
                context -> components.uncertainty().weights(features.rows(), clustering, context));
        var labels = images.bySample(features.samples(), clustering.labels(), Clustering.NOISE);
        var order = order(epoch, labels, clustering.clusterCount());
        requireSome(order, clustering, epoch);

        var classLabels = images.classLabels();
        var folderOrder = FolderOrder.of(
                clustering.labels(),
                features.samples(),
                EpochMetrics.at(classLabels, features.samples()),
                config.training().batch(),
                seed.derive("folder-order").derive(epoch));
        warnOf(folderOrder);
        var metrics = EpochMetrics.of(
                clustering, weights, features.samples(), position.previousLabels(), classLabels, folderOrder);
        metrics.putAll(EpochMetrics.shares(layout.parts(), features.varianceShares()));
        reclustering.note(metrics, position.previousLabels(), labels);
        return new EpochPlan(
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
    }

    private ReducedFeatures features(
            int epoch, StageContext context, List<TapSelection> selections, FusedLayout layout) {
        var rows = new NetworkRows(
                new ForwardPass(session, network, selections),
                layout,
                images::centred,
                context.seed(),
                activations -> recorder.requireFinite(activations, epoch));
        var reducer = new FeatureReducer(
                components.reduction(),
                recorder.storage(),
                context,
                processes,
                config.training().batch());
        var reduced = reducer.reduce(rows, images.count());
        images.shareBad();
        return reduced;
    }

    /** Says once that clusters follow the order of the files. */
    private void warnOf(FolderOrder order) {
        if (order.isSuspicious() && !warnedOfOrder) {
            warnedOfOrder = true;
            listeners.notice("warning: " + order.explanation());
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
        var watch = images.watch();
        var progress =
                stop.guarding((done, total) -> listeners.on(new RunEvent.StageProgressed(epoch, name, done, total)));
        var context = new StageContext(algebra, seed.derive(name).derive(epoch), progress, listeners::notice);
        var result = work.apply(context);
        listeners.on(watch.finished(epoch, name));
        return result;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
