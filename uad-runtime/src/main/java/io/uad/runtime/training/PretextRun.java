package io.uad.runtime.training;

import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Capability;
import io.uad.api.engine.Engine;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.TrainingSession;
import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunListener;
import io.uad.runtime.Version;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.checkpoint.Provenance;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.ComponentConfig;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.image.BadImage;
import io.uad.runtime.image.ImageConsumer;
import io.uad.runtime.inference.Images;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.plan.Components;
import io.uad.runtime.plan.Limits;
import io.uad.runtime.plan.Planner;
import io.uad.runtime.plan.PreparedRun;
import io.uad.runtime.process.Companions;
import io.uad.runtime.process.Processes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of the pretext task, from its configuration to its folder: checks, opens, restores, loops, closes. */
public final class PretextRun {
    private final RunConfig config;
    private final PreparedRun prepared;
    private final Components components;
    private final Network network;
    private final StopSignal stop = new StopSignal();
    private final List<RunListener> embedding = new ArrayList<>();
    private Together together;

    /** A run whose components are made and fit together. */
    public PretextRun(PreparedRun prepared) {
        this.config = prepared.config();
        this.prepared = prepared;
        this.components = prepared.components();
        this.network = prepared.network();
        this.together = new Together(config, components.dataset(), Companions.none(), stop);
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

    /** Lets a listener of the program hear the next execution, too; it is closed when that ends, however it does. */
    public void listen(RunListener listener) {
        embedding.add(listener);
    }

    /** Makes this one of the processes of a run; the first one of them leads. */
    public void together(Companions companions) {
        this.together = new Together(config, components.dataset(), companions, stop);
    }

    /** Asks the run to end after the step in hand; any thread. */
    public void stop() {
        stop.raise();
    }

    /**
     * Runs to the end, or until {@link #stop}.
     *
     * @param mode what the output folder may hold
     * @param from with {@link RunFolder.Mode#RESUME} the checkpoint or model to go on from; null for the newest valid one
     * @param allowChanges whether a resume may differ from what the run began with
     */
    public Outcome execute(RunFolder.Mode mode, @Nullable Path from, boolean allowChanges) {
        var program = List.copyOf(embedding);
        embedding.clear();
        try {
            return together.leads() ? executeInFolder(mode, from, allowChanges, program) : follow(mode, program);
        } catch (OutOfMemoryError e) {
            throw Machine.outOfMemory(e);
        }
    }

    /** The output folder; without it no run begins, and nobody else would close the listeners. */
    private RunFolder open(RunFolder.Mode mode, List<RunListener> program) {
        try {
            return RunFolder.open(config.output(), RunFolder.Kind.RUN, mode);
        } catch (RuntimeException e) {
            Listeners.of(program).close();
            throw e;
        }
    }

    private Outcome executeInFolder(
            RunFolder.Mode mode, @Nullable Path from, boolean allowChanges, List<RunListener> program) {
        var source = new CheckpointChoice(config, from);
        var elsewhere = source.isElsewhere();
        // A checkpoint of another folder begins a new run here.
        var opening = elsewhere ? RunFolder.Mode.FRESH : mode;
        try (var folder = open(opening, program);
                var listeners = Listeners.of(config, program)) {
            config.notices().forEach(listeners::notice);
            var checkpoint = mode == RunFolder.Mode.RESUME ? source.find(folder, listeners) : null;
            if (checkpoint == null) {
                return execute(Beginning.afresh(folder, mode), together.engine(), listeners);
            }
            if (checkpoint.clusters() == null) {
                source.requireModel(checkpoint);
                return execute(new Beginning(folder, mode, checkpoint, true, from, true), together.engine(), listeners);
            }
            if (source.isDone(checkpoint) && elsewhere) {
                throw UadException.config(
                        "the run of that checkpoint is finished: its "
                                + config.training().epochs() + " epochs are done, and none is left for "
                                + folder.path(),
                        String.valueOf(from),
                        "more epochs than " + config.training().epochs(),
                        "Give a larger --epochs");
            }
            if (source.isDone(checkpoint)) {
                listeners.notice("the run in " + folder.path() + " is finished; nothing to do");
                return new Outcome(folder.path(), false, config.training().epochs(), Map.of());
            }
            var alone = together.isAlone()
                    || Beginning.isByOneProcess(
                            folder, checkpoint.manifest().position().iteration());
            var check = new ResumeCheck(checkpoint.manifest(), config, alone);
            var summary = components.dataset().summary();
            var differences = check.differences(
                    summary.fingerprint(), components.dataset().size());
            var all = Stream.concat(differences.stream(), check.engineDifferences().stream())
                    .toList();
            if (!all.isEmpty() && !allowChanges) {
                throw ResumeCheck.changed(all);
            }
            all.forEach(difference -> listeners.notice("going on although " + difference));
            if (from != null && !elsewhere) {
                listeners.notice("what the run wrote after that checkpoint is deleted from " + folder.path());
            }
            var path = from == null ? folder.path() : from;
            var begins = new Beginning(folder, mode, checkpoint, !differences.isEmpty(), path, elsewhere);
            return execute(begins, together.engine(check, allowChanges), listeners);
        }
    }

    /** @param chosen the engine, its options filled in by the checkpoint where the configuration leaves them open */
    private Outcome execute(Beginning beginning, ComponentConfig chosen, Listeners listeners) {
        var planner = planner(beginning.mode());
        planner.requireBeforeEngine();
        try (var engine = chosen.create(Engine.class)) {
            planner.requireWithEngine(engine.capabilities());
            return lead(beginning, engine, listeners);
        }
    }

    private Planner planner(RunFolder.Mode mode) {
        return new Planner(prepared, together.companions().topology(), mode);
    }

    private Outcome lead(Beginning beginning, Engine engine, Listeners listeners) {
        var record = new SessionRecord();
        try {
            var processes = together.join(engine, beginning.folder()::logs);
            try (var session = session(
                    engine,
                    processes.byLeader(() -> beginning.state(network, new Seed(config.seed())), RunForms.STATE))) {
                return execute(beginning, processes, engine, session, listeners, record);
            }
        } catch (RuntimeException e) {
            if (e instanceof CancellationException && stop.isRaised()) {
                record.ends("interrupted");
                return beforeTheFirstStep(beginning);
            }
            var failure = together.companions().explained(e); // while the others still wait, unless it was one of them
            record.fails(failure);
            throw failure;
        } catch (Error e) {
            record.fails(e);
            throw e;
        }
    }

    private Outcome beforeTheFirstStep(Beginning beginning) {
        var fingerprint = components.dataset().summary().fingerprint();
        var epochs =
                beginning.position(config.training().startEpoch(), fingerprint).epoch();
        return new Outcome(beginning.folder().path(), true, epochs, Map.of());
    }

    private TrainingSession session(Engine engine, RunForms.FirstState state) {
        var session = engine.open(network, state.weights());
        var done = false;
        try {
            if (!state.momentum().names().isEmpty()) {
                session.state().write(Kind.MOMENTUM, state.momentum());
            }
            done = true;
            return session;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    /** Works for the process that leads. What is not in the configuration comes from there, the run's folder too. */
    private Outcome follow(RunFolder.Mode mode, List<RunListener> program) {
        try (var listeners = Listeners.of(program)) {
            var planner = planner(mode);
            planner.requireBeforeEngine();
            try (var engine = together.engine().create(Engine.class)) {
                planner.requireWithEngine(engine.capabilities());
                return follow(engine, listeners);
            }
        }
    }

    private Outcome follow(Engine engine, Listeners listeners) {
        try {
            return follow(together.join(engine, config::output), engine, listeners);
        } catch (CancellationException e) {
            stop.requireRaised(e); // in the middle of the work it is the loop that ends in peace
            return new Outcome(config.output(), true, config.training().startEpoch(), Map.of());
        }
    }

    private Outcome follow(Processes processes, Engine engine, Listeners listeners) {
        try (var session = session(engine, processes.told(RunForms.STATE))) {
            var position = processes.told(RunForms.POSITION);
            var read = images(processes, List.of(), ImageConsumer.of(engine, session), listeners);
            var loop = loop(read, new Bystander(), listeners, processes, engine, session);
            var complete = loop.run(position);
            return new Outcome(config.output(), !complete, loop.epochsDone(), loop.lastMetrics());
        }
    }

    /** @param known images that cannot be read, as the leader knows them */
    private Images images(Processes processes, List<BadImage> known, ImageConsumer consumer, Listeners listeners) {
        var read = Images.of(
                together.reading(),
                components.dataset(),
                Limits.forImages(Runtime.getRuntime().maxMemory()),
                consumer,
                listeners);
        processes
                .byLeader(() -> known, RunForms.BAD_IMAGES)
                .forEach(read.loader().bad()::add);
        return read;
    }

    private PretextLoop loop(
            Images read,
            Recorder recorder,
            Listeners listeners,
            Processes processes,
            Engine engine,
            TrainingSession session) {
        var images = new PretextImages(read, config.training().batch(), new Seed(config.seed()), processes);
        return new PretextLoop(
                config,
                components,
                network,
                images,
                recorder,
                listeners,
                stop,
                processes,
                engine.linearAlgebra(),
                session);
    }

    private Outcome execute(
            Beginning beginning,
            Processes processes,
            Engine engine,
            TrainingSession session,
            Listeners listeners,
            SessionRecord record) {
        var folder = beginning.folder();
        var dataset = components.dataset();
        var position = processes.byLeader(
                () -> beginning.position(
                        config.training().startEpoch(), dataset.summary().fingerprint()),
                RunForms.POSITION);
        var read = images(processes, beginning.knownBadImages(), ImageConsumer.of(engine, session), listeners);
        var bad = read.loader().bad();
        var recorder = new RunRecorder(
                folder,
                config,
                network,
                dataset,
                bad,
                EngineRecord.of(engine.capabilities(), config, processes.size()),
                listeners,
                beginning.source());
        var now = provenance(recorder, position, processes);
        var begun = beginning.earlier().map(now::after).orElse(now);
        beginning.prepareFolder();
        AtomicFile.write(folder.config(), config.toYaml().getBytes(StandardCharsets.UTF_8));
        record.begins(recorder, begun);

        var began = System.nanoTime();
        listeners.on(new RunEvent.RunStarted(
                "train",
                folder.path(),
                dataset.size(),
                position.epoch(),
                config.training().epochs()));
        listeners.notice("engine " + config.engine().name() + ": "
                + engine.capabilities().summary());
        if (!processes.isAlone()) {
            listeners.notice(processes.size() + " processes, each with its part of the " + dataset.size()
                    + " images and of each step; this one, number 0, clusters and writes");
        }
        if (!engine.capabilities().has(Capability.REPEATABLE)) {
            listeners.notice(
                    "on " + engine.capabilities().device() + " this engine does not repeat results to the last bit:"
                            + " another run, or one that is resumed, ends close to this one and not equal to it");
        }
        components.fusion().warnings().forEach(warning -> listeners.notice("warning: " + warning));
        if (dataset.summary().vectorLength().isPresent() && config.image().changesImages()) {
            listeners.notice("image.size and image.exif-orientation change nothing: "
                    + dataset.summary().location() + " holds vectors");
        }
        if (dataset.summary().ignoredFiles() > 0) {
            listeners.notice(dataset.summary().ignoredFiles() + " files in "
                    + dataset.summary().location() + " are left aside: by their names they are no images");
        }
        var loop = loop(read, recorder, listeners, processes, engine, session);
        var complete = loop.run(position);
        together.companions().requireWell();
        record.ends(complete ? "finished" : "interrupted");
        listeners.on(new RunEvent.RunFinished(folder.path(), !complete, (System.nanoTime() - began) / 1e9));
        return new Outcome(folder.path(), !complete, loop.epochsDone(), loop.lastMetrics());
    }

    private Provenance provenance(RunRecorder recorder, RunPosition position, Processes processes) {
        var plugins = config.components().stream()
                .map(chosen -> Provenance.Plugin.of(chosen.component()))
                .toList();
        return new Provenance(
                Version.CURRENT,
                plugins,
                Map.of("run", config.seed()),
                recorder.datasetRecord(),
                List.of(Provenance.Session.begin(position.iteration(), processes.size())));
    }
}
