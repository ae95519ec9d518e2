package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.Membership;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.process.Companions;
import io.uad.runtime.process.Topology;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a run on this machine, of which this one leads: starts the others and ends them. When one fails, the work
 * here is stopped at once, and the run's error is what that one said.
 */
final class LocalProcesses implements Companions {
    private static final String THREADS = "threads";

    /** What CUDA reads: the GPUs that a process sees, by their numbers. */
    private static final String GPUS = "CUDA_VISIBLE_DEVICES";

    private static final String NO_GPU = "-1";

    /** Options of the JVM by which a user chooses its heap. */
    private static final List<String> HEAP =
            List.of("-Xmx", "-XX:MaxHeapSize", "-XX:MaxRAM", "-Xms", "-XX:InitialHeapSize", "-XX:MinHeapSize");

    private final Environment environment;
    private final RunConfig config;
    private final Membership membership;
    private final boolean verbose;
    private final OtherProcesses others;
    private final List<String> heap;
    private @Nullable WorkFolder work;

    /**
     * @param stop ends the work of this process
     * @param verbose whether the others print more detail
     */
    LocalProcesses(Environment environment, RunConfig config, Membership membership, Runnable stop, boolean verbose) {
        this.environment = environment;
        this.config = config.withAbsolutePaths();
        this.membership = membership;
        this.verbose = verbose;
        this.heap = heap(options(), Machine.largestHeap(), membership.size());
        this.others = new OtherProcesses(membership.size(), stop);
    }

    /** A port of this machine that nobody listens to at the moment. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "no port of this machine can be had: " + e.getMessage(),
                    "--processes",
                    "a free port on the loopback interface",
                    "Name one by --rendezvous 127.0.0.1:PORT, with --rank and --world",
                    e);
        }
    }

    @Override
    public Optional<Membership> membership() {
        return Optional.of(membership);
    }

    @Override
    public Topology topology() {
        return topology(membership.size());
    }

    /**
     * So many processes on this machine. Of their heaps the same share is counted for use as of this process's. With a young
     * generation of a chosen size ({@code -Xmn}) it is less, by some tens of MiB.
     */
    static Topology topology(int size) {
        var usable = Machine.here().heapBytes();
        return Topology.onThisMachine(size, part(options(), usable, size).orElse(0));
    }

    @Override
    public OptionalInt threads() {
        return OptionalInt.of(Math.max(1, Runtime.getRuntime().availableProcessors() / membership.size()));
    }

    @Override
    public void begin(Supplier<Path> logs, StopSignal stopped) {
        work = WorkFolder.open("processes-");
        var settings = work.path().resolve("config.yaml");
        AtomicFile.write(settings, config.toYaml().getBytes(StandardCharsets.UTF_8));
        var folder = logs.get();
        for (var rank = 1; rank < membership.size(); rank++) {
            others.add(start(rank, settings, folder, work.path().resolve("ready-" + rank)));
        }
        others.watch();
        others.awaitReady(membership.joinPatience(), stopped);
    }

    /**
     * The others hold no clusters and no features, so all of them together take as much as this process, unless the user has
     * chosen a heap, which is then everybody's.
     *
     * @param options of this JVM
     * @param bytes of its heap
     */
    static List<String> heap(List<String> options, long bytes, int size) {
        return part(options, bytes, size).stream()
                .mapToObj(part -> "-Xmx" + part)
                .toList();
    }

    /** How much of this process's heap each other one has; empty if it has as much. */
    static OptionalLong part(List<String> options, long bytes, int size) {
        var chosen = options.stream().anyMatch(option -> HEAP.stream().anyMatch(option::startsWith));
        return chosen ? OptionalLong.empty() : OptionalLong.of(bytes / size);
    }

    private static List<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    /**
     * The GPU of a process of this machine, which sees no other one; process 0 takes the first.
     *
     * @param visible what this process was told to see; null for all
     */
    static String gpu(int rank, @Nullable String visible) {
        if (visible == null) {
            return Integer.toString(rank);
        }
        var numbers = visible.split(",");
        return rank < numbers.length ? numbers[rank].strip() : NO_GPU;
    }

    private OtherProcesses.Other start(int rank, Path settings, Path folder, Path ready) {
        var command = new ArrayList<>(List.of(
                "train",
                "--config",
                settings.toString(),
                "--rendezvous",
                membership.host() + ":" + membership.port(),
                "--rank",
                Integer.toString(rank),
                "--world",
                Integer.toString(membership.size()),
                "--join-timeout",
                Long.toString(membership.joinPatience().toSeconds()),
                "--process-timeout",
                Long.toString(membership.patience().toSeconds()),
                "--started-by-process-0",
                ready.toString()));
        if (config.engine().option(THREADS).equals(Optional.of(OptionalInt.empty()))) {
            command.addAll(
                    List.of("--set", "engine." + THREADS + "=" + threads().getAsInt()));
        }
        if (config.image().workers().isEmpty()) {
            command.addAll(List.of("--set", "image.workers=" + threads().getAsInt()));
        }
        if (verbose) {
            command.add("--verbose");
        }
        var program = new OwnProcess(
                environment, folder, "rank-" + rank + "-", heap, Map.of(GPUS, gpu(rank, System.getenv(GPUS))));
        var log = folder.resolve("rank-" + rank + ".log").toFile();
        return new OtherProcesses.Other(rank, program, program.beside(command, log), log, ready);
    }

    @Override
    public RuntimeException explained(RuntimeException thrown) {
        return others.explained(thrown);
    }

    @Override
    public void requireWell() {
        others.requireWell();
    }

    @Override
    public void close() {
        others.close();
        if (work != null) {
            work.close();
        }
    }
}
