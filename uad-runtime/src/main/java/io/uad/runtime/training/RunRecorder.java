package io.uad.runtime.training;

import io.uad.api.FeatureMatrix;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.dataset.Dataset;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.TrainingSession;
import io.uad.api.listener.RunEvent;
import io.uad.runtime.Version;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.CheckpointManifest;
import io.uad.runtime.checkpoint.CheckpointManifest.Phase;
import io.uad.runtime.checkpoint.CheckpointManifest.Position;
import io.uad.runtime.checkpoint.CheckpointStore;
import io.uad.runtime.checkpoint.ClusterFile;
import io.uad.runtime.checkpoint.ClusterRows;
import io.uad.runtime.checkpoint.ClusterState;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.feature.SpillingStorage;
import io.uad.runtime.image.BadImages;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.plan.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes what a run leaves behind: checkpoints and assignments. */
final class RunRecorder implements Recorder {
    private final RunFolder folder;
    private final CheckpointStore store;
    private final RunConfig config;
    private final Network network;
    private final Dataset dataset;
    private final BadImages bad;
    private final EngineRecord engine;
    private final Listeners listeners;
    private @Nullable Path lastGood;

    /** @param resumed the checkpoint that the run goes on from, if it does */
    RunRecorder(
            RunFolder folder,
            RunConfig config,
            Network network,
            Dataset dataset,
            BadImages bad,
            EngineRecord engine,
            Listeners listeners,
            @Nullable Path resumed) {
        this.folder = folder;
        this.store = folder.checkpoints(config.checkpoint().keep());
        this.config = config;
        this.network = network;
        this.dataset = dataset;
        this.bad = bad;
        this.engine = engine;
        this.listeners = listeners;
        this.lastGood = resumed;
    }

    @Override
    public FeatureMatrix.Storage storage() {
        return new SpillingStorage(
                folder.path(), Limits.forFeatures(Runtime.getRuntime().maxMemory()));
    }

    @Override
    public void assignments(EpochPlan plan) {
        var paths = IntStream.range(0, dataset.size())
                .mapToObj(sample -> dataset.sample(sample).path())
                .toList();
        ClusterFile.write(
                folder.clusters(plan.epoch()),
                new ClusterRows(paths, plan.labels(), plan.squaredDistances(), plan.weights()));
    }

    @Override
    public void running(EpochPlan plan, RunPosition position, TrainingSession session) {
        written(store.writeRunning(within(plan, position, session)), position);
    }

    @Override
    public void numbered(EpochPlan plan, RunPosition position, TrainingSession session) {
        written(store.writeNumbered(within(plan, position, session)), position);
    }

    @Override
    public void complete(EpochPlan plan, RunPosition end, TrainingSession session) {
        var finished = plan.epoch() + 1 >= config.training().epochs();
        var position =
                new Position(plan.epoch(), end.iteration(), end.progress().step(), Phase.COMPLETE, finished);
        var checkpoint = checkpoint(plan, position, Map.of(), session);
        var every = config.checkpoint().everyEpochs();
        var number = every.isPresent() && (plan.epoch() + 1) % every.getAsInt() == 0;
        written(number ? store.writeNumbered(checkpoint) : store.writeRunning(checkpoint), end);
    }

    /** The run's provenance. */
    Path provenance() {
        return folder.provenance();
    }

    CheckpointManifest.Dataset datasetRecord() {
        return new CheckpointManifest.Dataset(dataset.summary().fingerprint(), dataset.size(), List.copyOf(bad.all()));
    }

    private Checkpoint within(EpochPlan plan, RunPosition at, TrainingSession session) {
        var position = new Position(plan.epoch(), at.iteration(), at.progress().step(), Phase.TRAINING, false);
        return checkpoint(plan, position, at.progress().totals(), session);
    }

    private Checkpoint checkpoint(
            EpochPlan plan, Position position, Map<String, Double> totals, TrainingSession session) {
        var plugins = new TreeMap<String, String>();
        for (var chosen : config.components()) {
            plugins.put(chosen.component().id(), chosen.component().version());
        }
        var manifest = CheckpointManifest.of(
                Version.CURRENT,
                position,
                new CheckpointManifest.Model(
                        config.backbone().name(),
                        network.input().width(),
                        dataset.summary().vectorLength().orElse(0),
                        plan.classes(),
                        plan.selections()),
                datasetRecord(),
                engine.device(),
                engine.threads(),
                plugins,
                Portable.yaml(config),
                plan.metrics(),
                new TreeMap<>(totals),
                folder.lineCounts());
        var clusters = new ClusterState(
                plan.projection(),
                plan.centroids(),
                plan.labels(),
                plan.squaredDistances(),
                plan.weights(),
                plan.previousLabels(),
                plan.order());
        var state = session.state();
        var weights = state.read(Kind.WEIGHTS);
        weights.asMap().forEach((name, tensor) -> requireFinite(name, tensor, position.epoch(), position.step()));
        return new Checkpoint(manifest, weights, state.read(Kind.MOMENTUM), clusters);
    }

    /** A checkpoint of a network that has diverged would take the place of a good one. */
    private void requireFinite(String name, Tensor tensor, int epoch, int step) {
        if (tensor.values() instanceof float[] values) {
            for (var value : values) {
                if (!Float.isFinite(value)) {
                    throw diverged("the parameter " + name + " holds " + value, "epoch " + epoch + ", step " + step);
                }
            }
        }
    }

    @Override
    public UadException diverged(String found, String where) {
        return UadException.data(
                found + ": the training has diverged",
                where,
                "finite numbers",
                "Lower training.learning-rate (--lr) and "
                        + (lastGood == null
                                ? "begin anew: no checkpoint was written before"
                                : "go on from the last good checkpoint, " + lastGood
                                        + ", with --resume --allow-changes"));
    }

    private void written(Path file, RunPosition position) {
        lastGood = file;
        listeners.on(new RunEvent.CheckpointWritten(file, position.epoch(), position.iteration()));
    }
}
