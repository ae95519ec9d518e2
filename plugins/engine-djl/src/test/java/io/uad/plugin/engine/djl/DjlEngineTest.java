package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.NativeLibraries;
import io.uad.plugin.engine.djl.natives.NativesChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DjlEngineTest {
    private static final DjlOptions CPU = new DjlOptions("cpu", OptionalInt.of(1));

    @Test
    void aGpuThatDoesNotWorkIsAnErrorByNameAndAReasonByAuto() {
        // these natives know no CUDA, so a GPU that is said to exist is a broken one
        var named = assertThrows(
                UadException.class, () -> DjlEngine.open(new DjlOptions("gpu", OptionalInt.of(1)), "2.7.1", 1, ""));
        assertEquals(ErrorKind.RESOURCE, named.kind());
        try (var engine = DjlEngine.open(new DjlOptions("auto", OptionalInt.of(1)), "2.7.1", 1, "")) {
            assertEquals("cpu", engine.capabilities().device());
            assertTrue(engine.capabilities().deviceReason().startsWith("the GPU does not work: "));
        }
    }

    @Test
    void enginesThatAreOpenAtOnceAgreeOnTheThreads() {
        try (var first = DjlEngine.open(CPU)) {
            DjlEngine.open(CPU).close();
            var other =
                    assertThrows(UadException.class, () -> DjlEngine.open(new DjlOptions("cpu", OptionalInt.of(2))));
            assertEquals(ErrorKind.CONFIG, other.kind());
            assertEquals(1, first.capabilities().threads());
            first.close(); // twice is harmless
        }
        try (var second = DjlEngine.open(new DjlOptions("cpu", OptionalInt.of(2)))) {
            assertEquals(2, JniUtils.getNumThreads());
            assertEquals(2, second.capabilities().threads());
        }
    }

    @Test
    void memoryThatCannotBeHadIsAnErrorOfTheMachine() {
        try (var engine = DjlEngine.open(CPU);
                var column = engine.linearAlgebra().upload(FeatureMatrix.allocate(1 << 23, 1))) {
            // 2^46 floats are more than a process can address
            var failure = assertThrows(
                    UadException.class, () -> engine.linearAlgebra().multiply(column, false, column, true));
            assertEquals(ErrorKind.RESOURCE, failure.kind(), failure.toString());
            assertTrue(failure.toString().contains("8388608x1"), failure.toString());
            assertEquals(1, engine.manager.getManagedArrays().size());
        }
    }

    @Test
    void failuresOfTheLibraryTellMemoryAndDevicesFromDefects() {
        assertEquals(ErrorKind.RESOURCE, kind(new EngineException("CUDA out of memory. Tried to allocate 2 GiB\nat")));
        assertEquals(ErrorKind.RESOURCE, kind(new EngineException("CUDA error: device-side assert triggered")));
        assertEquals(ErrorKind.RESOURCE, kind(new OutOfMemoryError("Cannot reserve 9 bytes of direct buffer memory")));
        assertEquals(ErrorKind.INTERNAL, kind(new EngineException("mat1 and mat2 shapes cannot be multiplied")));
    }

    @Test
    void aSessionThatCannotBeMadeLeavesNothingBehind() {
        var layer = new Layer.Linear("l", 2, 2);
        var network = new Network("n", io.uad.api.TensorShape.vector(2), List.of(layer), Map.of(), "top");
        var half = new NamedTensors(Map.of("l.weight", Tensor.of(new float[4], 2, 2)));
        try (var engine = DjlEngine.open(CPU)) {
            assertEquals(
                    ErrorKind.DATA,
                    assertThrows(UadException.class, () -> engine.open(network, half))
                            .kind());
            assertEquals(0, engine.manager.getManagedArrays().size());
        }
    }

    @Test
    void theGradientModeOfTheThreadStaysWhatItWas() {
        var before = JniUtils.isGradMode();
        try (var engine = DjlEngine.open(CPU)) {
            for (var mode : List.of(true, false)) {
                JniUtils.setGradMode(mode);
                engine.linearAlgebra().upload(FeatureMatrix.allocate(1, 1)).close();
                assertEquals(mode, JniUtils.isGradMode());
            }
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    @Test
    void aSecondCopyOfTheLibraryIsToldApartFromMissingNatives() {
        var bundled = new NativesChoice(Map.of(), "", Optional.empty(), "");
        var twice = Library.failed(
                new EngineException(
                        "Failed", new UnsatisfiedLinkError("Native Library x already loaded in another classloader")),
                bundled);
        assertTrue(twice.toString().contains("one DJL per process"), twice.toString());
        var missing = Library.failed(
                new EngineException("Failed", new java.io.IOException("Offline mode is enabled.")), bundled);
        assertTrue(missing.toString().contains("DJL_OFFLINE=false"), missing.toString());
        Library.load("cpu");
        assertNull(System.getProperty("ai.djl.offline"), "kept for the load only");
        var installed = new NativesChoice(Map.of(), "", Optional.of(Path.of("natives")), "Go back");
        var broken =
                Library.failed(new EngineException("Failed", new UnsatisfiedLinkError("undefined symbol")), installed);
        assertEquals(ErrorKind.RESOURCE, broken.kind());
        assertTrue(broken.toString().contains("in natives cannot be loaded: undefined symbol"), broken.toString());
        assertTrue(broken.toString().endsWith("Go back."), broken.toString());
    }

    /** A process ends that loads another engine's copy beside it. */
    @Test
    void otherEnginesCannotLoadTheirCopyOfTheLibrary() {
        Library.load("cpu");
        var error = assertThrows(UadException.class, () -> NativeLibraries.claim("libtorch", "engine/libtorch"));
        assertEquals(ErrorKind.RESOURCE, error.kind());
        assertTrue(error.toString().contains("engine/djl has loaded its own copy of libtorch"), error.toString());
    }

    private static ErrorKind kind(Throwable failure) {
        return assertThrows(
                        UadException.class,
                        () -> Native.call(() -> "it", () -> {
                            if (failure instanceof Error error) {
                                throw error;
                            }
                            throw (RuntimeException) failure;
                        }))
                .kind();
    }
}
