package io.uad.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExportTest {
    @TempDir
    Path folder;

    private Checkpoint checkpoint;

    @BeforeEach
    void readFixture() throws IOException {
        var file = folder.resolve("zip.pth.tar");
        try (var in = ModelExportTest.class.getResourceAsStream("zip.pth.tar")) {
            Files.copy(in, file);
        }
        checkpoint = new CheckpointImport(Networks.REGISTRY, Networks.READER)
                .read(file, CheckpointImport.Hints.NONE)
                .checkpoint();
    }

    private static ModelExport export(Checkpoint checkpoint) {
        return new ModelExport(Networks.READER, "model", checkpoint);
    }

    @Test
    void safetensorsHoldTheBodyOrAllUnderTheirNames() {
        var body = folder.resolve("body.safetensors");
        export(checkpoint).safetensors(body, false);
        var written = Safetensors.read(body);
        assertFalse(written.has("top_layer.weight"));
        assertEquals(checkpoint.weights().get("features.0.weight"), written.get("features.0.weight"));
        var metadata = Safetensors.readHeader(body).metadata();
        assertEquals("64", metadata.get("input-size"));
        assertEquals("0.485,0.456,0.406", metadata.get("mean"));
        var all = folder.resolve("all.safetensors");
        export(checkpoint).safetensors(all, true);
        assertEquals(checkpoint.weights(), Safetensors.read(all));
    }

    @Test
    void onnxEndsAtTheHeadOrAtATap() {
        var file = folder.resolve("model.onnx");
        export(checkpoint).onnx(file, null);
        assertTrue(Files.exists(file));
        export(checkpoint).onnx(file, "fc7");
        var unknown = assertThrows(UadException.class, () -> export(checkpoint).onnx(file, "conv9"));
        assertEquals(ErrorKind.CONFIG, unknown.kind());
        assertTrue(String.valueOf(unknown.getMessage()).contains("conv5, pool3, fc6, fc7, top"));
    }

    @Test
    void aModelWithoutAHeadHasNoOutputOfOne() {
        var weights = new LinkedHashMap<>(checkpoint.weights().asMap());
        weights.keySet().removeIf(name -> name.startsWith("top_layer"));
        var body = new Checkpoint(checkpoint.manifest(), new NamedTensors(weights), checkpoint.momentum(), null);
        var refusal = assertThrows(UadException.class, () -> export(body).onnx(folder.resolve("model.onnx"), null));
        assertTrue(String.valueOf(refusal.getMessage()).contains("no head"));
        assertThrows(UadException.class, () -> export(body).safetensors(folder.resolve("m.safetensors"), true));
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        var weights = new LinkedHashMap<>(checkpoint.weights().asMap());
        weights.remove("features.0.weight");
        var other = new Checkpoint(checkpoint.manifest(), new NamedTensors(weights), checkpoint.momentum(), null);
        var refusal = assertThrows(UadException.class, () -> export(other));
        assertEquals(ErrorKind.DATA, refusal.kind());
        assertTrue(String.valueOf(refusal.getMessage()).contains("no features.0.weight"));
    }
}
