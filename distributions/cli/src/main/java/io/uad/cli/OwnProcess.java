package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A command of this program in a JVM of its own: native libraries that cannot share a process do not meet, and one that
 * crashes ends nothing but its own JVM.
 */
final class OwnProcess {
    /** Options of the JVM that two at once would quarrel about. */
    private static final List<String> OF_ONE_PROCESS = List.of(
            "-agent", "-javaagent", "-Dcom.sun.management.", "-XX:StartFlightRecording", "-XX:FlightRecorder", "-Xlog");

    private static final Set<Integer> OF_AN_INTERRUPTION = Set.of(130, 143);

    private final List<String> start;
    private final Path folder;
    private final String name;
    private final Map<String, String> variables;
    private @Nullable Process process;
    private boolean stopped;

    /**
     * @param environment whose plugins the command is to see
     * @param folder for what it prints, and for what its JVM leaves if it crashes
     */
    OwnProcess(Environment environment, Path folder) {
        this(environment, folder, "", List.of(), Map.of());
    }

    /**
     * @param name how the names of its files begin, where several share a folder
     * @param options of its JVM besides those of this one
     * @param variables of its environment besides those of this one's
     */
    OwnProcess(Environment environment, Path folder, String name, List<String> options, Map<String, String> variables) {
        this.folder = folder;
        this.name = name;
        this.variables = Map.copyOf(variables);
        this.start = new ArrayList<>();
        start.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> OF_ONE_PROCESS.stream().noneMatch(argument::startsWith))
                .forEach(start::add);
        start.addAll(options);
        start.add("-XX:ErrorFile=" + crash());
        start.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        environment.places().given().forEach(place -> start.addAll(List.of("--plugins", place.toString())));
    }

    /** Whether a command that ended with that code was told to, from the terminal or by another program. */
    static boolean isInterrupted(int exitCode) {
        return OF_AN_INTERRUPTION.contains(exitCode);
    }

    /** Where its files lie. */
    Path folder() {
        return folder;
    }

    private Path crash() {
        return folder.resolve(name + "crash.log");
    }

    /**
     * How it ended.
     *
     * @param exitCode of the command; 128 and more if a signal ended it
     * @param out what it printed
     * @param err what it said
     * @param crash what its JVM left if it crashed; else empty
     */
    record Ended(int exitCode, String out, String err, String crash) {
        /** Whether the command did what it should. */
        boolean isGood() {
            return exitCode == 0;
        }

        /** The sentence with which it failed. */
        String reason() {
            var sentence = err.lines()
                    .filter(line -> line.startsWith("uad: "))
                    .map(line -> line.substring("uad: ".length()))
                    .reduce((before, last) -> last);
            return sentence.orElseGet(() -> "its JVM ended with code " + exitCode + place());
        }

        /** The native function in which it crashed. */
        private String place() {
            var lines = crash.lines().toList();
            var title = lines.indexOf("# Problematic frame:");
            return title < 0 || title + 1 >= lines.size()
                    ? ""
                    : ", in native code: "
                            + lines.get(title + 1).replaceFirst("^#", "").strip();
        }
    }

    /**
     * Runs a command to its end.
     *
     * @throws CancellationException if it was stopped
     * @throws UadException of kind RESOURCE if no JVM can be started
     */
    Ended run(List<String> command) {
        var out = folder.resolve("out.txt").toFile();
        var err = folder.resolve("err.txt").toFile();
        try {
            var exitCode = begin(command, out, err).waitFor();
            if (isStopped() || isInterrupted(exitCode)) { // a terminal interrupts both
                throw new CancellationException("stopped");
            }
            return ended(exitCode, out, err);
        } catch (IOException e) {
            throw notStarted(e);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        }
    }

    /**
     * Begins a command that works beside this one. Its standard input ends when this process does.
     *
     * @param log for all that it prints
     * @throws UadException of kind RESOURCE if no JVM can be started
     */
    Process beside(List<String> command, File log) {
        try {
            return begin(command, log, log);
        } catch (IOException e) {
            throw notStarted(e);
        }
    }

    /**
     * How such a command ended.
     *
     * @throws UadException of kind RESOURCE if its log cannot be read
     */
    Ended ended(int exitCode, File log) {
        try {
            return ended(exitCode, log, log);
        } catch (IOException e) {
            throw AtomicFile.failure(log.toPath(), 0, e);
        }
    }

    private Ended ended(int exitCode, File out, File err) throws IOException {
        var said = text(err);
        return new Ended(
                exitCode,
                out.equals(err) ? said : text(out),
                said,
                Files.exists(crash()) ? text(crash().toFile()) : "");
    }

    private UadException notStarted(IOException cause) {
        return new UadException(
                ErrorKind.RESOURCE,
                "no second Java can be started: " + cause.getMessage(),
                start.get(0),
                "memory and disk for it",
                "Free some",
                cause);
    }

    private synchronized Process begin(List<String> command, File out, File err) throws IOException {
        if (stopped) {
            throw new CancellationException("stopped");
        }
        var all = new ArrayList<>(start);
        all.addAll(command);
        Files.deleteIfExists(crash()); // of another command
        var builder = new ProcessBuilder(all).redirectOutput(out);
        builder.environment().putAll(variables);
        process = (out.equals(err) ? builder.redirectErrorStream(true) : builder.redirectError(err)).start();
        return process;
    }

    /** Ends it, and lets no further command begin; any thread. */
    synchronized void stop() {
        stopped = true;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Native libraries print what they like: bytes that are no UTF-8 must not hide the rest. */
    private static String text(File file) throws IOException {
        return new String(Files.readAllBytes(file.toPath()), StandardCharsets.UTF_8);
    }
}
