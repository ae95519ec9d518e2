package io.uad.cli;

import io.uad.api.UadException;
import io.uad.runtime.process.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Chooses for how many processes a run is planned. */
final class PlannedProcesses {
    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "Plan N processes on this machine, as 'uad train --processes N' starts them.")
    private @Nullable Integer processes;

    @Option(
            names = "--world",
            paramLabel = "N",
            description = "Plan N processes on as many machines like this one, which runs process 0.")
    private @Nullable Integer world;

    /** @throws UadException of kind CONFIG if the flags contradict each other */
    void check() {
        if (processes != null && world != null) {
            throw ProcessFlags.contradiction();
        }
        if (processes != null) {
            ProcessFlags.requireCount("--processes", processes, 1);
        }
        if (world != null) {
            ProcessFlags.requireCount("--world", world, 2);
        }
    }

    /** The processes that were chosen, as process 0 sees them. */
    Topology topology() {
        if (world != null) {
            return Topology.onMachines(world, true);
        }
        return processes == null || processes == 1 ? Topology.ALONE : LocalProcesses.topology(processes);
    }

    /** What 'uad train' needs besides these flags. */
    List<String> addition() {
        return world == null ? List.of() : List.of("--rendezvous", "HOST:PORT", "--rank", "0");
    }
}
