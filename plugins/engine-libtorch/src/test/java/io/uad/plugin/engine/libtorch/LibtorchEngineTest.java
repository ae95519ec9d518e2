package io.uad.plugin.engine.libtorch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.engine.Capability;
import io.uad.api.engine.NativeLibraries;
import io.uad.plugin.engine.libtorch.LibtorchOptions.FormatChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.PrecisionChoice;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LibtorchEngineTest {
    private static final LibtorchOptions CPU = new LibtorchOptions("cpu", OptionalInt.of(1));

    private static LibtorchOptions options(PrecisionChoice precision, FormatChoice format) {
        return new LibtorchOptions("auto", OptionalInt.of(1), precision, format);
    }

    @Test
    void aDeviceThatDoesNotExistIsNamed() {
        var unknown = assertThrows(
                UadException.class, () -> LibtorchEngine.open(new LibtorchOptions("tpu", OptionalInt.of(1))));
        assertEquals(ErrorKind.CONFIG, unknown.kind());
        var beyond = assertThrows(
                UadException.class, () -> LibtorchEngine.open(new LibtorchOptions("gpu:99", OptionalInt.of(1))));
        assertEquals(ErrorKind.RESOURCE, beyond.kind());
        assertTrue(beyond.toString().contains("gpu:99 does not exist"), beyond.toString());
    }

    @Test
    void whatIsLeftOpenIsMeasuredAndSaid() {
        try (var engine = LibtorchEngine.open(options(PrecisionChoice.AUTO, FormatChoice.AUTO))) {
            var is = engine.capabilities();
            assertTrue(is.deviceReason().contains("float32, channels last"), is.deviceReason());
            assertTrue(is.deviceReason().contains("float32, channel by channel"), is.deviceReason());
            assertEquals(Goldens.hasBfloat16(), is.deviceReason().contains("bfloat16"), is.deviceReason());
            assertFalse(is.has(Capability.REPEATABLE), "the next measurement may come out otherwise");
        }
    }

    @Test
    void whatIsAskedForByNameIsRepeatable() {
        try (var engine = LibtorchEngine.open(options(PrecisionChoice.FLOAT32, FormatChoice.NCHW))) {
            assertTrue(engine.capabilities().has(Capability.REPEATABLE));
            assertFalse(engine.capabilities().library().contains("channels last"));
        }
    }

    @Test
    void processorsWithoutWhatTheNativesNeedAreRefused() {
        var flags = "processor : 0\nflags\t\t: fpu sse sse2 sse4_2\n";
        var failure = assertThrows(UadException.class, () -> Library.requireInstructions(flags));
        assertEquals(ErrorKind.RESOURCE, failure.kind());
        assertTrue(failure.toString().contains("AVX"), failure.toString());
        assertDoesNotThrow(() -> Library.requireInstructions("flags : fpu avx avx2"));
        assertDoesNotThrow(() -> Library.requireInstructions(""));
    }

    @Test
    void bfloat16NeedsAProcessorThatHasIt() {
        assertFalse(Library.multipliesBfloat16("flags : fpu avx avx2 avx512f"));
        assertTrue(Library.multipliesBfloat16("flags : fpu avx512_bf16"));
        assertTrue(Library.multipliesBfloat16("flags : fpu amx_bf16"));
    }

    @Test
    void anotherPyTorchInTheSameProcessIsRefusedBeforeItsNativesLoad() {
        LibtorchEngine.open(CPU).close();
        var failure = assertThrows(UadException.class, () -> NativeLibraries.claim("libtorch", "engine/djl"));
        assertEquals(ErrorKind.RESOURCE, failure.kind());
        assertTrue(failure.toString().contains("engine/libtorch"), failure.toString());
    }

    @Test
    void enginesThatAreOpenAtOnceAgreeOnTheThreads() {
        var two = new LibtorchOptions("cpu", OptionalInt.of(2));
        try (var first = LibtorchEngine.open(CPU)) {
            LibtorchEngine.open(CPU).close();
            var other = assertThrows(UadException.class, () -> LibtorchEngine.open(two));
            assertEquals(ErrorKind.CONFIG, other.kind());
            first.close(); // twice is harmless
        }
        try (var second = LibtorchEngine.open(two)) {
            assertEquals(2, second.capabilities().threads());
        }
    }

    @Test
    void memoryThatCannotBeHadIsAnErrorOfTheMachine() {
        try (var engine = LibtorchEngine.open(CPU);
                var column = engine.linearAlgebra().upload(FeatureMatrix.allocate(1 << 23, 1))) {
            // 2^46 floats are more than a process can address
            var failure = assertThrows(
                    UadException.class, () -> engine.linearAlgebra().multiply(column, false, column, true));
            assertEquals(ErrorKind.RESOURCE, failure.kind(), failure.toString());
            assertTrue(failure.toString().contains("8388608x1"), failure.toString());
        }
    }

    @Test
    void aCloseOfTheEngineClosesItsSessionsAndMatrices() {
        var engine = LibtorchEngine.open(CPU);
        var matrix = engine.linearAlgebra().upload(FeatureMatrix.allocate(2, 2));
        var session = Networks.alexnet(0.125, 8, 63).open(engine);
        engine.close();
        assertTrue(((LibtorchMatrix) matrix).tensor().isNull());
        assertDoesNotThrow(matrix::close);
        assertDoesNotThrow(session::close);
    }
}
