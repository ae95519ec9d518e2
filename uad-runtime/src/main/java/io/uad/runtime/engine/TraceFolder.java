package io.uad.runtime.engine;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.JsonRecords;
import io.uad.runtime.checkpoint.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A trace on disk: {@code decode.safetensors}, {@code forward.safetensors} and so on, one of each {@link TracedStage} or one
 * of each batch, and {@code trace.json}, which is written last.
 */
record TraceFolder(Path path) {
    private static final String MEANING = "a trace that 'uad engines compare --save' wrote";

    /**
     * A finished trace.
     *
     * @throws UadException of kind DATA if there is none
     */
    static TraceFolder existing(Path path) {
        var folder = new TraceFolder(path);
        if (!Files.isRegularFile(folder.summaryFile())) {
            throw UadException.data("no trace of an engine", path.toString(), MEANING, "Correct the path");
        }
        return folder;
    }

    /** A new trace; the folder is made. */
    static TraceFolder create(Path path) {
        try {
            Files.createDirectories(path);
            return new TraceFolder(path);
        } catch (IOException e) {
            throw AtomicFile.failure(path, 0, e);
        }
    }

    void write(TracedStage stage, Map<String, Tensor> tensors) {
        Safetensors.write(file(stage), new NamedTensors(tensors), Map.of());
    }

    /** One of several files of a stage. */
    void write(TracedStage stage, int number, NamedTensors tensors) {
        Safetensors.write(file(stage, number), tensors, Map.of());
    }

    void write(TraceSummary summary) {
        AtomicFile.write(summaryFile(), JsonRecords.bytes(summary));
    }

    NamedTensors read(TracedStage stage) {
        return Safetensors.read(file(stage));
    }

    NamedTensors read(TracedStage stage, int number) {
        return Safetensors.read(file(stage, number));
    }

    TraceSummary summary() {
        var file = summaryFile();
        return JsonRecords.value(file, JsonRecords.tree(file, MEANING), TraceSummary.class, MEANING);
    }

    private Path summaryFile() {
        return path.resolve("trace.json");
    }

    private Path file(TracedStage stage) {
        return path.resolve(stage + ".safetensors");
    }

    private Path file(TracedStage stage, int number) {
        return path.resolve(stage + "-" + number + ".safetensors");
    }
}
