package io.uad.runtime;

import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.training.PretextRun;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pretext run for programs that embed UAD.
 *
 * <pre>{@code
 * var registry = PluginRegistry.load(getClass().getClassLoader());
 * var reader = new ConfigReader(registry, PresetSource.installed());
 * var config = reader.read(List.of(ConfigLayer.file(Path.of("my.yaml"))));
 * var result = UadRun.of(config).execute(UadRun.Start.FRESH, null, false);
 * }</pre>
 */
public final class UadRun {
    private final PretextRun run;

    private UadRun(PretextRun run) {
        this.run = run;
    }

    /** What the output folder may hold. */
    public enum Start {
        /** Nothing. */
        FRESH,
        /** Another run, which is replaced. */
        OVERWRITE,
        /** A run that goes on; if there is none, it begins. */
        RESUME
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
     * Makes all components and checks them against the dataset; no image is read yet.
     *
     * @throws io.uad.api.UadException if something does not fit
     */
    public static UadRun of(RunConfig config) {
        return new UadRun(new PretextRun(config));
    }

    /**
     * Runs to the end or until {@link #stop}.
     *
     * @param checkpoint with {@link Start#RESUME} what to go on from: a checkpoint or a run's folder; null for the newest
     *     valid one of the output folder
     * @param allowChanges with {@link Start#RESUME} whether to go on even though dataset, settings or plugins are no longer
     *     those that the run began with
     * @throws io.uad.api.UadException for all that a user can mend
     */
    public Result execute(Start start, @Nullable Path checkpoint, boolean allowChanges) {
        var outcome = run.execute(RunFolder.Mode.valueOf(start.name()), checkpoint, allowChanges);
        return new Result(outcome.folder(), outcome.interrupted(), outcome.epochs(), outcome.metrics());
    }

    /** Asks the run to end after the step in hand and a checkpoint; from any thread. */
    public void stop() {
        run.stop();
    }
}
