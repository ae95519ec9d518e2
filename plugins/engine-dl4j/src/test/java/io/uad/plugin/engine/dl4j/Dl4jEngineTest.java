package io.uad.plugin.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Progress;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.NativesRequest;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class Dl4jEngineTest {
    private static final Dl4jOptions CPU = new Dl4jOptions("cpu", OptionalInt.of(1));

    @Test
    void aGpuIsAnErrorThatSaysWhatItWouldNeed() {
        for (var device : List.of("gpu", "gpu:1")) {
            var failure =
                    assertThrows(UadException.class, () -> Dl4jEngine.open(new Dl4jOptions(device, OptionalInt.of(1))));
            assertEquals(ErrorKind.RESOURCE, failure.kind());
            assertTrue(failure.toString().contains("nd4j-cuda-11.6"), failure.toString());
            assertTrue(failure.toString().contains("engine.device: cpu"), failure.toString());
        }
        var unknown =
                assertThrows(UadException.class, () -> Dl4jEngine.open(new Dl4jOptions("tpu", OptionalInt.of(1))));
        assertEquals(ErrorKind.CONFIG, unknown.kind());
    }

    @Test
    void otherNativesAreRefusedAndWhyIsSaid() {
        for (var flavor : List.of("cpu", "cu116")) {
            var request = new NativesRequest(flavor, Optional.empty(), Progress.NONE, sentence -> {});
            var failure = assertThrows(UadException.class, () -> new Dl4jProvider().installNatives(request));
            assertEquals(ErrorKind.CONFIG, failure.kind());
            for (var word : List.of("CPU only", "nd4j-cuda-11.6", "linux-x86_64-cudnn-8.3", "11.6-8.3-1.5.7", "djl")) {
                assertTrue(failure.toString().contains(word), failure.toString());
            }
        }
    }

    @Test
    void autoIsTheCpuAndSaysWhy() {
        try (var engine = Dl4jEngine.open(new Dl4jOptions("auto", OptionalInt.of(1)))) {
            assertEquals("cpu", engine.capabilities().device());
            assertTrue(engine.capabilities().deviceReason().contains("CPU only"));
        }
    }

    @Test
    void enginesThatAreOpenAtOnceAgreeOnTheThreads() {
        var two = new Dl4jOptions("cpu", OptionalInt.of(2));
        try (var first = Dl4jEngine.open(CPU)) {
            Dl4jEngine.open(CPU).close();
            var other = assertThrows(UadException.class, () -> Dl4jEngine.open(two));
            assertEquals(ErrorKind.CONFIG, other.kind());
            first.close(); // twice is harmless
        }
        try (var second = Dl4jEngine.open(two)) {
            assertEquals(2, second.capabilities().threads());
        }
    }

    @Test
    void memoryThatCannotBeHadIsAnErrorOfTheMachine() {
        try (var engine = Dl4jEngine.open(CPU);
                var column = engine.linearAlgebra().upload(FeatureMatrix.allocate(1 << 23, 1))) {
            // 2^46 floats are more than a process can address
            var failure = assertThrows(
                    UadException.class, () -> engine.linearAlgebra().multiply(column, false, column, true));
            assertEquals(ErrorKind.RESOURCE, failure.kind(), failure.toString());
            assertTrue(failure.toString().contains("8388608x1"), failure.toString());
        }
    }

    @Test
    void failuresOfTheLibraryTellMemoryFromDefectsAndOthersStayWhatTheyAre() {
        assertEquals(ErrorKind.RESOURCE, kind(new OutOfMemoryError("Cannot allocate new FloatPointer(9)")));
        assertEquals(ErrorKind.RESOURCE, kind(new RuntimeException("std::bad_alloc")));
        assertEquals(ErrorKind.INTERNAL, kind(new RuntimeException("Op [conv2d] execution failed")));
        assertThrows(IllegalArgumentException.class, () -> call(new IllegalArgumentException("ours")));
    }

    @Test
    void aCloseOfTheEngineClosesItsSessionsAndMatrices() {
        var engine = Dl4jEngine.open(CPU);
        var matrix = engine.linearAlgebra().upload(FeatureMatrix.allocate(2, 2));
        var session =
                engine.open(new Network("n", TensorShape.vector(2), List.of(), Map.of(), "top"), NamedTensors.empty());
        engine.close();
        assertDoesNotThrow(matrix::close);
        assertDoesNotThrow(session::close);
        assertTrue(((Dl4jSession) session).isClosed());
    }

    @Test
    void aClosedMatrixIsRefused() {
        try (var engine = Dl4jEngine.open(CPU)) {
            var matrix = engine.linearAlgebra().upload(FeatureMatrix.allocate(2, 2));
            matrix.close();
            assertThrows(
                    IllegalArgumentException.class, () -> engine.linearAlgebra().read(matrix));
        }
    }

    @Test
    void aSessionThatCannotBeMadeIsADataError() {
        var layer = new Layer.Linear("l", 2, 2);
        var network = new Network("n", TensorShape.vector(2), List.of(layer), Map.of(), "top");
        var half = new NamedTensors(Map.of("l.weight", Tensor.of(new float[4], 2, 2)));
        try (var engine = Dl4jEngine.open(CPU)) {
            var failure = assertThrows(UadException.class, () -> engine.open(network, half));
            assertEquals(ErrorKind.DATA, failure.kind());
        }
    }

    @Test
    void theThreadsClassLoaderIsOursDuringACallOnly() throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        var during = new AtomicReference<ClassLoader>();
        try (var other = new URLClassLoader(new URL[0], null);
                var engine = Dl4jEngine.open(CPU)) {
            thread.setContextClassLoader(other);
            Native.call(1, () -> "it", () -> {
                during.set(thread.getContextClassLoader());
                return this;
            });
            engine.linearAlgebra().upload(FeatureMatrix.allocate(1, 1)).close();
            assertSame(other, thread.getContextClassLoader());
            assertSame(Native.class.getClassLoader(), during.get());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void whatTheLibraryReadsWhileItLoadsIsSetForThatTimeOnly() {
        Library.load();
        assertNull(System.getProperty("org.bytedeco.javacpp.maxbytes"));
        assertNull(System.getProperty("org.nd4j.log.initialization"));
    }

    @Test
    void aProcessorWithoutAvx2IsToldBeforeTheNativesEndTheProcess() {
        var failure = assertThrows(
                UadException.class, () -> Library.requireInstructions("processor : 0\nflags\t\t: fpu sse4_2 avx\n"));
        assertEquals(ErrorKind.RESOURCE, failure.kind());
        assertDoesNotThrow(() -> Library.requireInstructions("flags\t\t: fpu avx avx2 fma\n"));
        assertDoesNotThrow(() -> Library.requireInstructions(""));
    }

    @Test
    void aSecondCopyOfTheLibraryIsToldApartFromMissingNatives() {
        var twice = Library.NATIVES.failed(
                new UnsatisfiedLinkError("Native Library x already loaded in another classloader"));
        assertTrue(twice.toString().contains("one ND4J per process"), twice.toString());
        var missing =
                Library.NATIVES.failed(new ExceptionInInitializerError(new UnsatisfiedLinkError("no jnind4jcpu")));
        assertEquals(ErrorKind.RESOURCE, missing.kind());
        assertTrue(missing.toString().contains("no jnind4jcpu"), missing.toString());
        assertNotNull(missing.getCause());
    }

    private static ErrorKind kind(Throwable failure) {
        return assertThrows(UadException.class, () -> call(failure)).kind();
    }

    private static void call(Throwable failure) {
        Library.load();
        Native.call(1, () -> "it", () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        });
    }
}
