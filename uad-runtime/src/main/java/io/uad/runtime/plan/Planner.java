package io.uad.runtime.plan;

import io.uad.api.UadException;
import io.uad.api.clustering.ClusteringForecast;
import io.uad.api.engine.Capability;
import io.uad.api.engine.DeviceInfo;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.reduction.ReductionForecast;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.process.Topology;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plans a run, and refuses it where the run itself would be refused, by the same checks. */
public final class Planner {
    private final PreparedRun run;
    private final RunFolder.Mode mode;
    private final Limits limits;

    /**
     * @param processes that share the run's work, as this one sees them: it checks what it needs itself, and process 0 all
     *     that share its machine
     * @param mode what the output folder may hold
     */
    public Planner(PreparedRun run, Topology processes, RunFolder.Mode mode) {
        this(run.in(processes), mode, Limits.here(run.config().output()));
    }

    Planner(PreparedRun run, RunFolder.Mode mode, Limits limits) {
        this.run = run;
        this.mode = mode;
        this.limits = limits;
    }

    /**
     * Checks what can be checked before an engine is opened.
     *
     * @throws UadException of kind CONFIG if a step has fewer images than there are processes; of kind RESOURCE if the run
     *     cannot fit
     */
    public void requireBeforeEngine() {
        requireEnough(run.config().training().batch(), run.processes().size());
        Room.of(run, limits, RunSizes.UNKNOWN).requireHeapAndDisk(mode);
    }

    private static void requireEnough(int batch, int processes) {
        if (batch < processes) {
            throw UadException.config(
                    "training.batch " + batch + " is less than the " + processes + " processes",
                    "training.batch",
                    "an image or more of each step for each process",
                    "Raise it (--batch), or use fewer processes");
        }
    }

    /**
     * Checks the rest.
     *
     * @throws UadException of kind CONFIG if there are several processes and the engine works alone, or took a GPU that the
     *     others do not see; of kind RESOURCE if there are fewer GPUs than processes, or the run cannot fit
     */
    public void requireWithEngine(EngineCapabilities engine) {
        var known = with(engine);
        var room = limits.with(engine);
        if (!run.processes().isAlone()) {
            engine.requireProcessGroups();
        }
        if (room.hasDevice() && run.processes().here() > 1) {
            requireDevices(engine, run.processes().here());
        }
        Room.of(known, room, RunSizes.UNKNOWN).requireMemory(new RunState(known).step());
    }

    /** Each process of a machine sees one device of its own, which is the first for it. */
    private static void requireDevices(EngineCapabilities engine, int processes) {
        var devices = engine.devices().stream()
                .map(DeviceInfo::name)
                .filter(name -> !name.equals(Limits.CPU))
                .toList();
        if (!devices.isEmpty() && devices.size() < processes) {
            throw UadException.resource(
                    processes + " processes need a GPU each, and " + devices.size()
                            + (devices.size() == 1 ? " is" : " are") + " here",
                    "--processes",
                    "a GPU for each process, or none for any",
                    "Use fewer processes, or compute on the CPU (--set engine.device=cpu)");
        }
        if (!devices.isEmpty() && !devices.get(0).equals(engine.device())) {
            throw UadException.config(
                    "engine.device is " + engine.device() + ", and each of " + processes
                            + " processes sees one GPU of its own, as " + devices.get(0),
                    "engine.device",
                    "gpu or auto, where there are several processes",
                    "Leave it out; CUDA_VISIBLE_DEVICES chooses the GPUs that they share out");
        }
    }

    private PreparedRun with(EngineCapabilities engine) {
        return run.takingViews(engine.has(Capability.VIEWS));
    }

    /**
     * Plans. Writes nothing.
     *
     * @param calibrate whether to measure for some seconds, for estimates of time
     * @param notice takes a sentence about what is being done
     * @param stop ends the measuring
     * @throws UadException as the run would throw it
     * @throws java.util.concurrent.CancellationException if it was asked to stop
     */
    public RunPlan plan(boolean calibrate, Consumer<String> notice, StopSignal stop) {
        RunFolder.check(run.config().output(), RunFolder.Kind.RUN, mode);
        requireBeforeEngine();
        try (var engine = run.config().engine().create(Engine.class)) {
            requireWithEngine(engine.capabilities());
            try (var session = engine.open(run.network(), FillerState.of(run.network()))) {
                if (!calibrate) {
                    return plan(engine.capabilities(), null);
                }
                notice.accept("measuring for some seconds: " + Calibration.IMAGES
                        + " samples are read, some go through the network and are trained on, some matrices are multiplied"
                        + " (--no-calibration leaves that out)");
                return plan(
                        engine.capabilities(), new Calibration(run, session, engine, limits.heap(), stop).measure());
            }
        }
    }

    private RunPlan plan(EngineCapabilities engine, @Nullable Measured measured) {
        var known = with(engine);
        var room = Room.of(known, limits.with(engine), run.decodedBytes(measured));
        var summary = run.components().dataset().summary();
        return new RunPlan(
                run.config().output(),
                summary.location(),
                run.images(),
                summary.classes().size(),
                run.network().input(),
                run.selections(),
                run.layout().parts(),
                number(run.reduction().map(ReductionForecast::columns)),
                number(run.clustering().map(ClusteringForecast::clusters)),
                run.config().training().batch(),
                run.steps(),
                run.epochs(),
                new RunState(run).checkpoint().bytes(),
                run.config().engine().name() + ": " + engine.summary(),
                run.processes(),
                room.things(),
                room.others(),
                room.limits(),
                measured == null ? List.of() : RunSeconds.of(known, measured, room.limits()),
                Warnings.of(known, room, measured));
    }

    private static OptionalInt number(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
