package io.uad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LocalProcessesTest {
    /** A quarter of the memory, which the JVM takes by itself, over four processes: 25 / 4. */
    @Test
    void theHeapsOfTheOthersArePartsOfOneUnlessTheUserChoseIt() {
        assertEquals(List.of("-XX:MaxRAMPercentage=6.250"), LocalProcesses.heap(List.of("-ea", "-Xss4m"), 4));
        for (var chosen : List.of("-Xmx4g", "-XX:MaxRAMPercentage=50", "-XX:MaxHeapSize=1g")) {
            assertEquals(List.of(), LocalProcesses.heap(List.of("-ea", chosen), 4));
            assertEquals(0, LocalProcesses.othersHeap(List.of("-ea", chosen), 16L << 30, 4));
        }
        assertEquals(1L << 30, LocalProcesses.othersHeap(List.of("-ea", "-Xmn256m"), 16L << 30, 4));
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
