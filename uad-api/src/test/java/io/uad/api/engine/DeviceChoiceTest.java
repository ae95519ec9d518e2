package io.uad.api.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
    @Test
    void everyNameIsReadAndWritten() {
        for (var name : List.of("auto", "cpu", "gpu:0", "gpu:13")) {
            assertEquals(name, DeviceChoice.of(name).toString());
        }
        assertEquals(DeviceChoice.of("gpu:0"), DeviceChoice.of("gpu"));
    }

    @Test
    void otherNamesAreAMistakeInTheConfiguration() {
        for (var name : List.of("", "tpu", "GPU", "gpu:", "gpu:-1", "gpu:12345", "cuda:0")) {
            var refused = assertThrows(UadException.class, () -> DeviceChoice.of(name), name);
            assertEquals(ErrorKind.CONFIG, refused.kind());
        }
    }

    @Test
    void aGpuThatIsNotThereIsAnErrorOfTheMachineWithTheReasonAndWhatThereIs() {
        var none = assertThrows(UadException.class, () -> DeviceChoice.of("gpu").require(0, "this is a CPU build"));
        assertEquals(ErrorKind.RESOURCE, none.kind());
        assertTrue(none.toString().contains("this is a CPU build"), none.toString());
        var third =
                assertThrows(UadException.class, () -> DeviceChoice.of("gpu:2").require(2, ""));
        assertTrue(third.toString().contains("auto, cpu, gpu:0, gpu:1"), third.toString());
        assertDoesNotThrow(() -> DeviceChoice.of("gpu:1").require(2, ""));
        assertDoesNotThrow(() -> DeviceChoice.of("auto").require(0, "none"));
    }
}
