package io.uad.runtime.checkpoint;

import io.uad.api.UadException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a probe's figures are figures of; the file {@code run.json} of its folder has these very keys.
 *
 * @param uadVersion which UAD probed
 * @param plugins what computed
 * @param model what was probed
 * @param config the configuration that it was probed with, YAML
 * @param data what it was probed on
 * @param settings how
 * @param session when, and on which machine
 */
public record ProbeProvenance(
        String uadVersion,
        List<Provenance.Plugin> plugins,
        Model model,
        String config,
        Data data,
        Settings settings,
        Provenance.Session session) {
    public ProbeProvenance {
        plugins = List.copyOf(plugins);
    }

    /**
     * A network.
     *
     * @param path of its checkpoint or run; empty if it has none
     * @param tensorsSha256 of the checkpoint's tensors; empty if it has none
     * @param untrained whether it was probed with the weights that it began with
     */
    public record Model(String path, String tensorsSha256, boolean untrained) {}

    /**
     * The labelled images.
     *
     * @param path of the folder
     * @param train the part that was learned from
     * @param val the part that was measured on
     */
    public record Data(String path, Part train, Part val) {}

    /**
     * One part of them.
     *
     * @param fingerprint {@link io.uad.api.dataset.DatasetSummary#fingerprint()}
     * @param samples N, unreadable ones included
     */
    public record Part(String fingerprint, int samples) {}

    /** The probe's own flags. */
    public record Settings(
            List<String> taps,
            boolean tenCrops,
            String pool,
            int epochs,
            int batch,
            double learningRate,
            double momentum,
            double weightDecay,
            long seed) {
        public Settings {
            taps = List.copyOf(taps);
        }
    }

    /** With the session ended now. */
    public ProbeProvenance ended(String outcome) {
        return new ProbeProvenance(uadVersion, plugins, model, config, data, settings, session.end(outcome));
    }

    /**
     * Replaces the file, atomically.
     *
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    public void write(Path file) {
        AtomicFile.write(file, JsonRecords.bytes(this));
    }
}
