package io.uad.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pieces that run the distribution as a user does. */
final class LauncherPieces {
    private static final int STARTS = 5;

    private LauncherPieces() {}

    /** One epoch of the baseline, from the start of the process to its end, with a checkpoint. */
    static Piece.Figure epoch(SideSettings settings) throws IOException, InterruptedException {
        var run = Files.createTempDirectory(settings.work(), "run-");
        try {
            var command = new ArrayList<>(List.of(
                    settings.uad().toString(),
                    "train",
                    settings.images().toString(),
                    "--config",
                    "deepcluster",
                    "--exp",
                    run.resolve("exp").toString()));
            var chosen = new ArrayList<>(settings.engine().settings());
            chosen.addAll(List.of(
                    "engine.threads=" + settings.threads(),
                    "image.size=224",
                    "clustering.k=100",
                    "training.batch=256",
                    "training.epochs=1"));
            chosen.forEach(setting -> command.addAll(List.of("--set", setting)));
            var process = OwnProcess.run(command, builder -> asAUserStartsIt(builder, settings));
            return new Piece.Figure(
                    process.seconds(),
                    null,
                    beforeTraining(run.resolve("exp").resolve("timings.jsonl")),
                    process.peakMiB());
        } finally {
            Materials.delete(run);
        }
    }

    /** The median of a few starts. */
    static Piece.Figure start(SideSettings settings, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(settings.uad().toString()));
        command.addAll(List.of(arguments));
        var starts = new ArrayList<OwnProcess>();
        for (var i = 0; i <= STARTS; i++) {
            starts.add(OwnProcess.run(command, builder -> asAUserStartsIt(builder, settings)));
        }
        var counted = starts.subList(1, starts.size());
        return new Piece.Figure(
                Spread.of(counted, OwnProcess::seconds).median(),
                null,
                null,
                Spread.of(counted, OwnProcess::peakMiB).median());
    }

    /** With the launcher's own environment, on as many cores as the libraries have threads. */
    private static void asAUserStartsIt(ProcessBuilder process, SideSettings settings) {
        Environment.remove(process.environment());
        process.environment().put("UAD_OPTS", "-XX:ActiveProcessorCount=" + settings.threads());
    }

    /** The memory that the stages before training took, as the run wrote it down. */
    private static double beforeTraining(Path timings) throws IOException {
        var json = new JsonMapper();
        var most = 0.0;
        for (var line : Files.readAllLines(timings)) {
            var event = json.readTree(line);
            var trains = event.path("stage").asText().equals("training");
            if (event.path("event").asText().equals("stage") && !trains) {
                most = Math.max(most, event.path("peakMiB").asDouble());
            }
        }
        return most;
    }
}
