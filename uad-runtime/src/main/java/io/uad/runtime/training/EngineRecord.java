package io.uad.runtime.training;

import io.uad.api.engine.EngineCapabilities;
import io.uad.runtime.checkpoint.CheckpointManifest;
import io.uad.runtime.config.RunConfig;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a checkpoint says of the engine, for a run that goes on to be computed alike.
 *
 * @param device its kind
 * @param threads their count; {@link CheckpointManifest#ANY_THREADS} if a later session may take any
 */
record EngineRecord(String device, int threads) {
    private static final String THREADS = "threads";

    /**
     * An engine's. What several processes compute no process alone computes to the bit, so their count of threads, a part of
     * the cores, is none to keep to unless somebody chose it.
     *
     * @param processes that work on the run
     */
    static EngineRecord of(EngineCapabilities engine, RunConfig config, int processes) {
        var open = config.engine().option(THREADS).equals(Optional.of(OptionalInt.empty()));
        return new EngineRecord(
                ResumeCheck.kindOfDevice(engine.device()),
                processes > 1 && open ? CheckpointManifest.ANY_THREADS : engine.threads());
    }
}
