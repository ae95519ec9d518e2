package io.uad.runtime.training;

import io.uad.api.UadException;
import io.uad.runtime.checkpoint.CheckpointManifest;
import io.uad.runtime.config.ConfigDifference;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.config.TrainingSettings.Schedule;
import io.uad.runtime.plugin.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Compares a run that is to go on with what it was: dataset, settings, plugins, the engine's thread count. A run promises the
 * same bytes whether it was interrupted or not, so what changes them stops a resume unless changes are allowed.
 */
final class ResumeCheck {
    private static final String THREADS = "threads";

    /** What may differ: it decides how long or how fast a run goes, not what it computes. */
    private static final Pattern HARMLESS = Pattern.compile("output|listener.*|checkpoint\\..*|image\\.workers"
            + "|image\\.max-bad-share|training\\.epochs|training\\.start-epoch|engine\\.threads|dataset\\.path");

    private final CheckpointManifest manifest;
    private final RunConfig config;

    ResumeCheck(CheckpointManifest manifest, RunConfig config) {
        this.manifest = manifest;
        this.config = config;
    }

    /**
     * The configuration with the thread count that the run began with, since engines differ in the last bits between
     * counts; that of the configuration if it names another and changes are allowed.
     */
    RunConfig withStoredThreads(boolean allowChanges) {
        var wanted = config.engine().option(THREADS);
        if (wanted.isEmpty() || !(wanted.get() instanceof OptionalInt threads)) {
            return config;
        }
        if (threads.isEmpty()) {
            return config.withEngine(config.engine().with(THREADS, OptionalInt.of(manifest.engineThreads())));
        }
        if (threads.getAsInt() != manifest.engineThreads() && !allowChanges) {
            throw changed(
                    List.of("engine.threads was " + manifest.engineThreads() + " and is now " + threads.getAsInt()));
        }
        return config;
    }

    /** What else is not as it was, a sentence each. */
    List<String> differences(String fingerprint, int samples) {
        var differences =
                new ArrayList<>(ConfigDifference.between(manifest.config(), Portable.yaml(config), this::matters));
        if (manifest.dataset().samples() != samples) {
            differences.add("the dataset had " + manifest.dataset().samples() + " images and has now " + samples);
        } else if (!manifest.dataset().fingerprint().equals(fingerprint)) {
            differences.add("the dataset's files have changed");
        }
        for (var stage : Stage.values()) {
            if (stage != Stage.LISTENER) {
                var component = config.component(stage).component();
                var before = manifest.plugins().get(component.id());
                if (before != null && !before.equals(component.version())) {
                    differences.add(component.id() + " had version " + before + " and has now " + component.version());
                }
            }
        }
        return differences;
    }

    /** A rate that falls to the last epoch depends on which that is. */
    private boolean matters(String key) {
        return !HARMLESS.matcher(key).matches()
                || (key.equals("training.epochs") && config.training().schedule() == Schedule.COSINE);
    }

    static UadException changed(List<String> differences) {
        return UadException.config(
                String.join("; ", differences),
                "",
                "the same as when the run began",
                "Restore it, start a new run in another folder (--exp), or go on nevertheless with --allow-changes");
    }
}
