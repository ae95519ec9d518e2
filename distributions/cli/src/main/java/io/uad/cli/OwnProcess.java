package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A command of this program in a JVM of its own: native libraries that cannot share a process do not meet, and one that
 * crashes ends nothing but its own JVM.
 */
final class OwnProcess {
    private final List<String> start;
    private final Path folder;
    private @Nullable Process process;
    private boolean stopped;

    /**
     * @param environment whose plugins the command is to see
     * @param folder for what it prints, and for what its JVM leaves if it crashes
     */
    OwnProcess(Environment environment, Path folder) {
        this.folder = folder;
        this.start = new ArrayList<>();
        start.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agent") && !argument.startsWith("-javaagent"))
                .forEach(start::add);
        start.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
        start.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        environment.places().given().forEach(place -> start.addAll(List.of("--plugins", place.toString())));
    }

    /**
     * How it ended.
     *
     * @param exitCode of the command; 128 and more if a signal ended it
     * @param out what it printed
     * @param err what it said
     */
    record Ended(int exitCode, String out, String err) {
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
            return sentence.orElseGet(() -> "its JVM ended with code " + exitCode
                    + err.lines()
                            .filter(line -> !line.isBlank())
                            .findFirst()
                            .map(line -> ": " + line)
                            .orElse(""));
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
            if (isStopped()) {
                throw new CancellationException("stopped");
            }
            return new Ended(exitCode, text(out), text(err));
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "no second Java can be started: " + e.getMessage(),
                    start.get(0),
                    "memory and disk for it",
                    "Free some",
                    e);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        }
    }

    private synchronized Process begin(List<String> command, File out, File err) throws IOException {
        if (stopped) {
            throw new CancellationException("stopped");
        }
        var all = new ArrayList<>(start);
        all.addAll(command);
        process = new ProcessBuilder(all).redirectOutput(out).redirectError(err).start();
        return process;
    }

    /** Ends it; any thread. */
    synchronized void stop() {
        stopped = true;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private static String text(File file) throws IOException {
        return Files.readString(file.toPath(), StandardCharsets.UTF_8);
    }
}
