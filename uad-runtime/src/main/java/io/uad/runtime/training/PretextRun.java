package io.uad.runtime.training;

import io.uad.api.ErrorKind;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Engine;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.TrainingSession;
import io.uad.api.listener.RunEvent;
import io.uad.runtime.backbone.Initialization;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.CheckpointManifest.Phase;
import io.uad.runtime.checkpoint.CheckpointStore;
import io.uad.runtime.checkpoint.Provenance;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.image.BadImages;
import io.uad.runtime.image.ImageDecoder;
import io.uad.runtime.image.ImageLoader;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.plugin.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of the pretext task, from its configuration to its folder: checks, opens, restores, loops, closes. */
public final class PretextRun {
    private static final int PREFETCHED_BATCHES = 3;

    private final RunConfig config;
    private final Components components;
    private final Network network;
    private final StopSignal stop = new StopSignal();

    /**
     * Makes all components and checks what can be checked before any image is read.
     *
     * @throws UadException if components, network and dataset do not fit together
     */
    public PretextRun(RunConfig config) {
        this.config = config;
        this.components = Components.of(config);
        this.network = components.backbone().network(config.image().size());
        var selections = components.fusion().select(network, new Seed(config.seed()), 0);
        components.fusion().layout(network, selections, new Seed(config.seed()));
        requireImages(
                components.clustering().minimumRows(),
                "clustering/" + config.clustering().name(),
                "clusters");
        requireImages(
                components.reduction().minimumRows(),
                "reduction/" + config.reduction().name(),
                "components");
    }

    /**
     * How a run ended.
     *
     * @param folder where its files are
     * @param interrupted whether it was stopped before its last epoch
     * @param epochs how many epochs are done, those of earlier sessions included
     * @param metrics of the last epoch of this session; empty if none ended
     */
    public record Outcome(Path folder, boolean interrupted, int epochs, Map<String, Double> metrics) {}

    /** Asks the run to end after the step in hand; any thread. */
    public void stop() {
        stop.raise();
    }

    /**
     * Runs to the end, or until {@link #stop}.
     *
     * @param mode what the output folder may hold
     * @param from with {@link RunFolder.Mode#RESUME} the checkpoint to go on from; null for the newest valid one
     */
    public Outcome execute(RunFolder.Mode mode, @Nullable Path from) {
        try (var folder = RunFolder.open(config.output(), mode);
                var listeners = Listeners.of(config)) {
            config.notices().forEach(listeners::notice);
            var checkpoint = mode == RunFolder.Mode.RESUME ? find(folder, from, listeners) : null;
            if (checkpoint != null && isDone(checkpoint)) {
                listeners.notice("the run in " + folder.path() + " is finished; nothing to do");
                return new Outcome(folder.path(), false, config.training().epochs(), Map.of());
            }
            try (var engine = config.engine().create(Engine.class)) {
                return execute(folder, checkpoint, engine, listeners);
            }
        }
    }

    private Outcome execute(RunFolder folder, @Nullable Checkpoint checkpoint, Engine engine, Listeners listeners) {
        var seed = new Seed(config.seed());
        var dataset = components.dataset();
        var threads = engine.capabilities().threads();
        var bad = new BadImages(
                dataset.size(),
                config.image().maxBadShare(),
                dataset.summary().location(),
                image -> listeners.notice("left out " + image.path() + ": " + image.reason()));
        var recorder = new RunRecorder(folder, config, network, dataset, bad, threads, listeners);
        if (checkpoint != null) {
            ResumeCheck.check(checkpoint.manifest(), config, network, dataset, threads);
            checkpoint
                    .manifest()
                    .dataset()
                    .badImages()
                    .forEach(image ->
                            bad.add(new io.uad.runtime.image.BadImage(image.index(), image.path(), image.reason())));
            folder.checkpoints(config.checkpoint().keep())
                    .discardAfter(checkpoint.manifest().position());
        }
        folder.cutBack(checkpoint == null ? Map.of() : checkpoint.manifest().logLines());
        AtomicFile.write(folder.config(), config.toYaml().getBytes(StandardCharsets.UTF_8));
        var position =
                checkpoint == null ? RunPosition.beginning(config.training().startEpoch()) : RunPosition.of(checkpoint);
        var provenance = provenance(folder, recorder, position);
        provenance.write(folder.provenance());

        var loader = new ImageLoader(
                dataset,
                new ImageDecoder(config.image().exifOrientation()),
                bad,
                new ImageLoader.Settings(
                        config.image().workerCount(),
                        PREFETCHED_BATCHES,
                        Runtime.getRuntime().maxMemory() / 8));
        var images = new PretextImages(
                dataset, loader, config.image().size(), config.training().batch(), seed);
        var began = System.nanoTime();
        listeners.on(new RunEvent.RunStarted(
                "train",
                folder.path(),
                dataset.size(),
                position.epoch(),
                config.training().epochs()));
        listeners.notice("engine " + config.engine().name() + ": "
                + engine.capabilities().summary());
        var outcome = "failed";
        try (var session = open(engine, checkpoint, seed)) {
            var loop = new PretextLoop(
                    config, components, network, images, recorder, listeners, stop, engine.linearAlgebra(), session);
            var complete = loop.run(position);
            outcome = complete ? "finished" : "interrupted";
            listeners.on(new RunEvent.RunFinished(folder.path(), !complete, (System.nanoTime() - began) / 1e9));
            return new Outcome(folder.path(), !complete, loop.epochsDone(), loop.lastMetrics());
        } catch (RuntimeException e) {
            outcome = "failed: " + e.getMessage();
            throw e;
        } finally {
            provenance.withDataset(recorder.datasetRecord()).ended(outcome).write(folder.provenance());
        }
    }

    private TrainingSession open(Engine engine, @Nullable Checkpoint checkpoint, Seed seed) {
        if (checkpoint == null) {
            return engine.open(network, Initialization.of(network, seed));
        }
        var session = engine.open(network, checkpoint.weights());
        session.state().write(Kind.MOMENTUM, checkpoint.momentum());
        return session;
    }

    private @Nullable Checkpoint find(RunFolder folder, @Nullable Path from, Listeners listeners) {
        var found = from == null
                ? folder.checkpoints(config.checkpoint().keep()).newestValid(listeners::notice)
                : Optional.of(CheckpointStore.read(from));
        if (found.isEmpty()) {
            listeners.notice("no checkpoint in " + folder.path() + ": starting from the beginning");
            return null;
        }
        if (found.get().clusters() == null) {
            throw UadException.data(
                    "it holds a model and no run",
                    String.valueOf(from),
                    "a checkpoint that a training run wrote",
                    "Give the run's folder or one of its checkpoints");
        }
        var position = found.get().manifest().position();
        listeners.notice(
                "going on from the checkpoint at epoch " + position.epoch() + ", iteration " + position.iteration());
        return found.get();
    }

    private boolean isDone(Checkpoint checkpoint) {
        var position = checkpoint.manifest().position();
        return position.phase() == Phase.COMPLETE
                && position.epoch() + 1 >= config.training().epochs();
    }

    private Provenance provenance(RunFolder folder, RunRecorder recorder, RunPosition position) {
        var plugins = new ArrayList<Provenance.Plugin>();
        for (var stage : Stage.values()) {
            if (stage != Stage.LISTENER) {
                var component = config.component(stage).component();
                plugins.add(new Provenance.Plugin(
                        component.id(),
                        component.version(),
                        component.origin(),
                        component.sha512().orElse("")));
            }
        }
        var now = new Provenance(
                Version.CURRENT,
                plugins,
                Map.of("run", config.seed()),
                recorder.datasetRecord(),
                List.of(Provenance.Session.begin(position.iteration())));
        return Provenance.read(folder.provenance()).map(now::after).orElse(now);
    }

    private void requireImages(int least, String where, String what) {
        var count = components.dataset().size();
        if (count < least) {
            throw new UadException(
                    ErrorKind.CONFIG,
                    count + " images in " + components.dataset().summary().location() + " are too few for the " + what
                            + " asked for",
                    where,
                    least + " images or more",
                    "Ask for fewer " + what + ", or add images");
        }
    }
}
