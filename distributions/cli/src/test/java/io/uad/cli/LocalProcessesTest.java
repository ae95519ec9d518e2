package io.uad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.checkpoint.Machine;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LocalProcessesTest {
    @Test
    void theHeapsOfTheOthersArePartsOfThisOnesUnlessTheUserChoseIt() {
        assertEquals(List.of("-Xmx1073741824"), LocalProcesses.heap(List.of("-ea", "-Xss4m", "-Xmn256m"), 4L << 30, 4));
        for (var chosen : List.of("-Xmx4g", "-XX:MaxRAMPercentage=50", "-XX:MaxHeapSize=1g", "-Xms2g")) {
            assertEquals(List.of(), LocalProcesses.heap(List.of("-ea", chosen), 4L << 30, 4));
            assertEquals(OptionalLong.empty(), LocalProcesses.part(List.of("-ea", chosen), 4L << 30, 4));
        }
    }

    /** What is counted of a heap that nobody chose is what this JVM may use of its own one. */
    @Test
    void thePartsOfAHeapAreNoLargerThanIt() {
        assertTrue(Machine.largestHeap() >= Machine.here().heapBytes());
        assertEquals(OptionalLong.of(10), LocalProcesses.part(List.of(), 31, 3));
    }

    @Test
    void eachProcessSeesOneGpuOfThoseThatTheFirstOneSees() {
        assertEquals("1", LocalProcesses.gpu(1, null));
        assertEquals("5", LocalProcesses.gpu(1, "3, 5"));
        assertEquals("GPU-ab", LocalProcesses.gpu(2, "0,1,GPU-ab"));
        assertEquals("-1", LocalProcesses.gpu(2, "3,5"));
        assertEquals("-1", LocalProcesses.gpu(1, ""));
    }
}
