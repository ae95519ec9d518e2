package io.uad.runtime.training;

import io.uad.api.UadException;
import io.uad.runtime.checkpoint.CheckpointManifest;
import io.uad.runtime.config.ComponentConfig;
import io.uad.runtime.config.ConfigDifference;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.config.TrainingSettings.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Compares a run that is to go on with what it was: dataset, settings, plugins, the engine's device and thread count. A run promises the
 * same bytes whether it was interrupted or not, so what changes them stops a resume unless changes are allowed.
 */
final class ResumeCheck {
    private static final String THREADS = "threads";
    private static final String DEVICE = "device";
    private static final String AUTO = "auto";

    /** What may differ: it decides how long or how fast a run goes, not what it computes. */
    private static final Pattern HARMLESS = Pattern.compile(
            "output|listener.*|checkpoint\\..*|image\\.workers|dataset\\.labels|dataset\\.check"
                    + "|image\\.max-bad-share|training\\.epochs|training\\.start-epoch|engine\\.threads|engine\\.device|dataset\\.path");

    private final CheckpointManifest manifest;
    private final RunConfig config;
    private final boolean alone;

    /** @param alone whether this session or the one that wrote the checkpoint has one process only */
    ResumeCheck(CheckpointManifest manifest, RunConfig config, boolean alone) {
        this.manifest = manifest;
        this.config = config;
        this.alone = alone;
    }

    /**
     * The engine as the run began with it, where the configuration leaves that open: results differ in the last bits
     * between devices and between thread counts.
     *
     * @param allowChanges whether the device may be another, if this machine has not that one
     */
    ComponentConfig engine(boolean allowChanges) {
        var engine = config.engine();
        if (threads().isEmpty() && hasThreads() && manifest.engineThreads() != CheckpointManifest.ANY_THREADS) {
            engine = engine.with(THREADS, OptionalInt.of(manifest.engineThreads()));
        }
        return device().equals(Optional.of(AUTO)) && !allowChanges
                ? engine.with(DEVICE, manifest.engineDevice())
                : engine;
    }

    /** Which device or thread count the configuration asks for that is not the run's, a sentence each. */
    List<String> engineDifferences() {
        var differences = new ArrayList<String>();
        threads()
                .filter(count ->
                        manifest.engineThreads() != CheckpointManifest.ANY_THREADS && count != manifest.engineThreads())
                .ifPresent(count ->
                        differences.add("engine.threads was " + manifest.engineThreads() + " and is now " + count));
        device().filter(device -> !device.equals(AUTO) && !kindOfDevice(device).equals(manifest.engineDevice()))
                .ifPresent(device ->
                        differences.add("engine.device was " + manifest.engineDevice() + " and is now " + device));
        return differences;
    }

    private boolean hasThreads() {
        return config.engine().option(THREADS).orElse(null) instanceof OptionalInt;
    }

    private Optional<Integer> threads() {
        return config.engine().option(THREADS).orElse(null) instanceof OptionalInt count && count.isPresent()
                ? Optional.of(count.getAsInt())
                : Optional.empty();
    }

    private Optional<String> device() {
        return config.engine().option(DEVICE).filter(String.class::isInstance).map(String.class::cast);
    }

    /** {@code gpu} for {@code gpu:1}: which one of several does not matter. */
    static String kindOfDevice(String device) {
        return device.replaceFirst(":.*", "");
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
        for (var chosen : config.components()) {
            var component = chosen.component();
            var before = manifest.plugins().get(component.id());
            if (before != null && !before.equals(component.version())) {
                differences.add(component.id() + " had version " + before + " and has now " + component.version());
            }
        }
        return differences;
    }

    /**
     * A rate that rises from the first epoch or falls to the last one depends on which these are; whose statistics a process
     * takes says nothing where there is no other.
     */
    private boolean matters(String key) {
        if (key.equals("training.joint-statistics")) {
            return !alone;
        }
        var falls = config.training().schedule() == Schedule.COSINE;
        return !HARMLESS.matcher(key).matches()
                || (falls && key.equals("training.epochs"))
                || ((falls || config.training().warmUp() > 0) && key.equals("training.start-epoch"));
    }

    static UadException changed(List<String> differences) {
        return UadException.config(
                String.join("; ", differences),
                "",
                "the same as when the run began",
                "Restore it, start a new run in another folder (--exp), or go on nevertheless with --allow-changes");
    }
}
