package io.uad.runtime.evaluation;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.checkpoint.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A probe's files: {@code log/loss_log}, {@code log/prec1}, {@code log/prec5} with one line {@code epoch value} per epoch,
 * and the linear layer as {@code best.safetensors} and {@code checkpoint.safetensors}. With several taps each name carries
 * the tap: {@code log/prec1.conv3}, {@code best-conv3.safetensors}.
 */
final class ProbeLog {
    private final Path folder;
    private final boolean several;
    private final Map<Path, StringBuilder> logs = new HashMap<>();

    ProbeLog(RunFolder folder, boolean several) {
        this.folder = folder.path();
        this.several = several;
        try {
            Files.createDirectories(folder.path().resolve("log"));
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "the folder cannot be made: " + e.getMessage(),
                    folder.path().resolve("log").toString(),
                    "a writable output folder",
                    "Choose another folder with --exp",
                    e);
        }
    }

    void write(ProbedTap tap, int epoch, ProbedTap.Scores scores, boolean best) {
        append("loss_log", tap, epoch, scores.loss());
        append("prec1", tap, epoch, scores.top1());
        append("prec5", tap, epoch, scores.top5());
        var metadata = Map.of(
                "tap", tap.tap(),
                "epoch", Integer.toString(epoch),
                "top1", Double.toString(scores.top1()),
                "top5", Double.toString(scores.top5()));
        var weights = tap.weights();
        Safetensors.write(layer("checkpoint", tap), weights, metadata);
        if (best) {
            Safetensors.write(layer("best", tap), weights, metadata);
        }
    }

    private Path layer(String name, ProbedTap tap) {
        return folder.resolve(name + (several ? "-" + tap.tap() : "") + ".safetensors");
    }

    private void append(String name, ProbedTap tap, int epoch, double value) {
        var file = folder.resolve("log").resolve(name + (several ? "." + tap.tap() : ""));
        var text = logs.computeIfAbsent(file, key -> new StringBuilder());
        text.append(epoch).append(String.format(Locale.ROOT, " %.6f\n", value));
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
