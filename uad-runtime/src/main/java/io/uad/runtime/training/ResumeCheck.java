package io.uad.runtime.training;

import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.checkpoint.CheckpointManifest;
import io.uad.runtime.config.RunConfig;

/** Refuses to go on from a checkpoint of another dataset, network, seed or thread count. */
final class ResumeCheck {
    private ResumeCheck() {}

    static void check(CheckpointManifest manifest, RunConfig config, Network network, Dataset dataset, int threads) {
        require("backbone", manifest.model().backbone(), config.backbone().name(), "backbone.plugin");
        require("image size", manifest.model().inputSide(), network.input().width(), "image.size");
        require("number of images", manifest.dataset().samples(), dataset.size(), "dataset");
        require(
                "dataset fingerprint",
                manifest.dataset().fingerprint(),
                dataset.summary().fingerprint(),
                "dataset");
        // Engines differ in the last bits between thread counts, and a resumed run promises the same bytes.
        require("engine thread count", manifest.engineThreads(), threads, "engine.threads");
    }

    private static void require(String what, Object stored, Object now, String where) {
        if (!stored.equals(now)) {
            throw UadException.config(
                    "the checkpoint's " + what + " is " + stored + ", this run's is " + now,
                    where,
                    "the same as when the run began",
                    where.equals("engine.threads")
                            ? "Add --set engine.threads=" + stored
                            : "Restore it, or start a new run in another folder (--exp)");
        }
    }
}
