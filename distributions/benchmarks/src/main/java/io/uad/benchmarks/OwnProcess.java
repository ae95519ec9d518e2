package io.uad.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process that was run to its end.
 *
 * @param out what it printed
 * @param seconds from its start to its end
 * @param peakMiB the memory it took at most, without its children; 0 where the system does not say
 */
record OwnProcess(String out, double seconds, double peakMiB) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LOOK_EVERY_MILLIS = 20;

    /**
     * Runs a command. What it says on standard error is shown only if it fails.
     *
     * @throws IllegalStateException if it fails
     */
    static OwnProcess run(List<String> command, Consumer<ProcessBuilder> adapted)
            throws IOException, InterruptedException {
        var out = Files.createTempFile("uad-benchmark-", ".out");
        var err = Files.createTempFile("uad-benchmark-", ".err");
        try {
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            adapted.accept(builder);
            var began = System.nanoTime();
            var process = builder.start();
            var peak = 0.0;
            try {
                while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    peak = Math.max(peak, peakMiB(process.pid()));
                }
            } finally {
                process.destroyForcibly();
            }
            var seconds = (System.nanoTime() - began) * 1e-9;
            if (process.exitValue() != 0) {
                throw new IllegalStateException("exit status " + process.exitValue() + " of "
                        + String.join(" ", command) + ":\n" + Files.readString(err));
            }
            return new OwnProcess(Files.readString(out, StandardCharsets.UTF_8), seconds, peak);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /** The figure in the last line of what it printed. */
    Piece.Figure figure() {
        var lines = out.strip().lines().toList();
        try {
            return JSON.readValue(lines.get(lines.size() - 1), Piece.Figure.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no figure in what was printed:\n" + out, e);
        }
    }

    static String line(Piece.Figure figure) {
        try {
            return JSON.writeValueAsString(figure);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a figure that is no JSON", e);
        }
    }

    /** Linux keeps the highest value, so that looking now and then misses only the last moment. */
    private static double peakMiB(long process) {
        try (var lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
