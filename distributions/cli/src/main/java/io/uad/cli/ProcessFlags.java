package io.uad.cli;

import io.uad.api.UadException;
import io.uad.api.engine.Membership;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.process.Companions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Chooses in how many processes a run trains, and how they find each other. */
final class ProcessFlags {
    /** More would not be a machine, or a mistake. */
    private static final int MOST = 1024;

    private static final Pattern ADDRESS = Pattern.compile("(?<host>\\[[^\\]]+\\]|[^:\\[\\]]+):(?<port>\\d{1,5})");
    private static final int LAST_PORT = 65535;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--processes",
            paramLabel = "N",
            description =
                    "Train in N processes on this machine, each with its part of the images, of every step, and of the "
                            + "cores. Needs an engine that can: --set engine.plugin=libtorch.")
    private @Nullable Integer processes;

    @Option(
            names = "--rendezvous",
            paramLabel = "HOST:PORT",
            description =
                    "Train in several processes that are started one by one, on one machine or several: where process 0 "
                            + "is reached. With --rank and --world; all with the same configuration, the folder of images may lie "
                            + "elsewhere (dataset.path).")
    private @Nullable String rendezvous;

    @Option(
            names = "--rank",
            paramLabel = "R",
            description = "Which of these processes this is, from 0. Process 0 alone writes to the output folder.")
    private @Nullable Integer rank;

    @Option(names = "--world", paramLabel = "N", description = "How many of these processes there are.")
    private @Nullable Integer world;

    @Option(
            names = "--join-timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait until all processes are there. Default: ${DEFAULT-VALUE}.")
    private int joinSeconds;

    @Option(
            names = "--process-timeout",
            paramLabel = "SECONDS",
            defaultValue = "1800",
            description = "How long to wait for a process that does not answer; all wait while process 0 clusters. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int patienceSeconds;

    @Option(
            names = "--started-by-process-0",
            hidden = true,
            paramLabel = "FILE",
            description = "Make this file when ready to join, and end with process 0, which holds the standard input.")
    private @Nullable Path ready;

    /** @throws UadException of kind CONFIG if the flags contradict each other */
    void check() {
        var given = Stream.of(rendezvous, rank, world).filter(Objects::nonNull).count();
        if (processes != null && given > 0) {
            throw contradiction();
        }
        if (given == 1 || given == 2) {
            throw UadException.config(
                    "only " + given + " of --rendezvous, --rank and --world",
                    rendezvous != null ? "--rendezvous" : rank != null ? "--rank" : "--world",
                    "all three, for each process",
                    "Give all of them, or --processes to start all processes here");
        }
        if (processes != null) {
            requireCount("--processes", processes, 1);
        }
        require("--join-timeout", joinSeconds, 1, Integer.MAX_VALUE);
        require("--process-timeout", patienceSeconds, 1, Integer.MAX_VALUE);
        if (rendezvous != null && rank != null && world != null) {
            requireCount("--world", world, 2);
            require("--rank", rank, 0, world - 1);
            address(rendezvous, rank, world, true);
        }
    }

    /** Two ways of starting processes at once. */
    static UadException contradiction() {
        return UadException.config(
                "--processes starts all processes here, and --rendezvous, --rank and --world are for processes that are"
                        + " started one by one",
                "--processes",
                "one way or the other",
                "Leave out --processes, or the others");
    }

    /** @throws UadException of kind CONFIG if so many processes cannot be asked for */
    static void requireCount(String flag, int processes, int least) {
        require(flag, processes, least, MOST);
    }

    private static void require(String flag, int value, int least, int most) {
        if (value < least || value > most) {
            throw UadException.config(
                    "found " + value,
                    flag,
                    most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most,
                    "Correct it");
        }
    }

    /** Whether another process leads the run, and writes. */
    boolean follows() {
        return rank != null && rank > 0;
    }

    /**
     * The processes that were chosen.
     *
     * @param stop ends this one's work
     * @return to be closed when the run has ended
     */
    Companions open(Environment environment, RunConfig config, Runnable stop) {
        var joint = config.training().jointStatistics();
        if (processes != null && processes > 1) {
            var membership =
                    new Membership("127.0.0.1", LocalProcesses.freePort(), 0, processes, join(), patience(), joint);
            return new LocalProcesses(environment, config, membership, stop, UadCommand.isVerbose(spec.commandLine()));
        }
        if (rendezvous == null || rank == null || world == null) {
            return Companions.none();
        }
        var membership = address(rendezvous, rank, world, joint);
        if (rank > 0) {
            Notes.print(spec, "process " + rank + " of " + world + ": works for process 0 at " + rendezvous);
        }
        return ready == null ? Companions.elsewhere(membership) : new StartedProcess(membership, ready, stop);
    }

    private Membership address(String text, int number, int size, boolean joint) {
        var address = ADDRESS.matcher(text);
        var port = address.matches() ? Integer.parseInt(address.group("port")) : 0;
        if (port < 1 || port > LAST_PORT) {
            throw UadException.config(
                    "found " + text,
                    "--rendezvous",
                    "HOST:PORT, a name or an address of process 0's machine and a free port of it",
                    "Correct it, such as --rendezvous machine-1:29500");
        }
        var host = address.group("host").replaceAll("[\\[\\]]", "");
        return new Membership(host, port, number, size, join(), patience(), joint);
    }

    private Duration join() {
        return Duration.ofSeconds(joinSeconds);
    }

    private Duration patience() {
        return Duration.ofSeconds(patienceSeconds);
    }
}
