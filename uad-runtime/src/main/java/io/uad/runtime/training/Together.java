package io.uad.runtime.training;

import io.uad.api.dataset.Dataset;
import io.uad.api.engine.Engine;
import io.uad.api.engine.Membership;
import io.uad.runtime.config.ComponentConfig;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.process.Companions;
import io.uad.runtime.process.Processes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * How a process works on a run together with others, or alone.
 *
 * @param companions the others
 * @param stop of this process
 */
record Together(RunConfig config, Dataset dataset, Companions companions, StopSignal stop) {
    private static final String THREADS = "threads";

    /** Whether this process has the run's folder. */
    boolean leads() {
        return companions.membership().map(Membership::rank).orElse(0) == 0;
    }

    /** Whether there is no other process. */
    boolean isAlone() {
        return companions.membership().isEmpty();
    }

    /** The engine as it is configured, with this process's part of the threads where that leaves them open. */
    ComponentConfig engine() {
        var engine = config.engine();
        return companions.threads().isPresent() && engine.option(THREADS).equals(Optional.of(OptionalInt.empty()))
                ? engine.with(THREADS, companions.threads())
                : engine;
    }

    /** The configuration for reading images, with this process's part of the threads where it leaves them open. */
    RunConfig reading() {
        var image = config.image();
        return companions.threads().isPresent() && image.workers().isEmpty()
                ? config.withImage(image.withWorkers(companions.threads()))
                : config;
    }

    /**
     * The engine of a run that goes on. Alone it is that which the run began with, as far as the configuration leaves that
     * open; with others the bits are not the same in any case.
     */
    ComponentConfig engine(ResumeCheck check, boolean allowChanges) {
        return isAlone() ? check.engine(allowChanges) : engine();
    }

    /**
     * Joins the others, and makes sure that all want the same.
     *
     * @param engine one that can
     * @param logs the folder for what they say
     * @throws io.uad.api.UadException of kind CONFIG if that is not so, DATA if they have other images, RESOURCE if not all
     *     come
     * @throws java.util.concurrent.CancellationException if one is asked to stop while they come
     */
    Processes join(Engine engine, Supplier<Path> logs) {
        if (isAlone()) {
            return Processes.alone(stop);
        }
        var membership = companions.membership().orElseThrow();
        companions.begin(logs, stop);
        var processes = joined(engine, membership);
        Terms.of(config, dataset).requireSame(processes);
        return processes;
    }

    private Processes joined(Engine engine, Membership membership) {
        try (var interrupt = new StopInterrupt(stop)) {
            return Processes.of(engine.join(membership), stop);
        }
    }
}
