package io.uad.plugin.engine.common;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessorTest {
    @Test
    void anInstructionSetLacksOnlyWhereOthersAreNamed() {
        var description = "model name\t: Some CPU\nflags\t\t: sse avx2 fma\n";
        assertFalse(Processor.lacks(description, "avx2"));
        assertTrue(Processor.lacks(description, "avx"));
        assertFalse(Processor.lacks("", "avx2"));
    }

    @Test
    void theDeviceIsTheCpu() {
        assertTrue(Processor.device().name().equals("cpu"));
    }
}
