package io.uad.runtime.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.uad.api.UadException;
import io.uad.runtime.plugin.RegisteredComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run's results come from; the file {@code run.json} has these very keys. Unlike a checkpoint it names times and
 * machines.
 *
 * @param uadVersion which UAD runs it; of the last session
 * @param plugins what computes
 * @param seeds by name
 * @param dataset what is trained on
 * @param sessions one per start of the program, the last one last
 */
public record Provenance(
        String uadVersion,
        List<Plugin> plugins,
        Map<String, Long> seeds,
        CheckpointManifest.Dataset dataset,
        List<Session> sessions) {
    private static final String MEANING = "a run's provenance";

    public Provenance {
        plugins = List.copyOf(plugins);
        seeds = Collections.unmodifiableMap(new LinkedHashMap<>(seeds));
        sessions = List.copyOf(sessions);
    }

    /**
     * A plugin.
     *
     * @param name its identifier
     * @param version its version
     * @param origin file or folder it was loaded from
     * @param sha512 of that file, hexadecimal; empty if it is none
     */
    public record Plugin(String name, String version, String origin, String sha512) {
        /** That of a component. */
        public static Plugin of(RegisteredComponent component) {
            return new Plugin(
                    component.id(),
                    component.version(),
                    component.origin(),
                    component.sha512().orElse(""));
        }
    }

    /**
     * One start of the program.
     *
     * @param started ISO-8601, UTC
     * @param ended the same; empty while it runs, and if it was killed
     * @param outcome {@code running}, then {@code finished}, {@code interrupted} or {@code failed: ...}
     * @param firstIteration 0, or where it went on
     * @param processes how many worked on it together
     * @param machine on which; that of the first process
     */
    public record Session(
            String started, String ended, String outcome, long firstIteration, int processes, Machine machine) {
        /** One in one process that begins now, on this machine. */
        public static Session begin(long firstIteration) {
            return begin(firstIteration, 1);
        }

        /** One that begins now, on this machine. */
        public static Session begin(long firstIteration, int processes) {
            return new Session(Instant.now().toString(), "", "running", firstIteration, processes, Machine.here());
        }

        Session end(String outcome) {
            return new Session(started, Instant.now().toString(), outcome, firstIteration, processes, machine);
        }
    }

    /** This provenance, with the sessions of an earlier one before its own. */
    public Provenance after(Provenance earlier) {
        var all = new ArrayList<>(earlier.sessions);
        all.addAll(sessions);
        return new Provenance(uadVersion, plugins, seeds, dataset, all);
    }

    /** With other knowledge of the dataset, such as images that turned out to be unreadable. */
    public Provenance withDataset(CheckpointManifest.Dataset dataset) {
        return new Provenance(uadVersion, plugins, seeds, dataset, sessions);
    }

    /** With the last session ended now. */
    public Provenance ended(String outcome) {
        var all = new ArrayList<>(sessions);
        all.add(all.remove(all.size() - 1).end(outcome));
        return new Provenance(uadVersion, plugins, seeds, dataset, all);
    }

    /**
     * Replaces the file, atomically.
     *
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    public void write(Path file) {
        AtomicFile.write(file, JsonRecords.bytes(this));
    }

    /**
     * Reads the file, if there is one.
     *
     * @throws UadException of kind DATA if it is something else
     */
    public static Optional<Provenance> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var tree = JsonRecords.tree(file, MEANING);
        for (var session : tree.path("sessions")) {
            if (session instanceof ObjectNode fields && !fields.has("processes")) {
                fields.put("processes", 1); // older files name none
            }
        }
        return Optional.of(JsonRecords.value(file, tree, Provenance.class, MEANING));
    }

    static boolean isOne(Path file) {
        try {
            return read(file).isPresent();
        } catch (UadException e) {
            return false;
        }
    }
}
