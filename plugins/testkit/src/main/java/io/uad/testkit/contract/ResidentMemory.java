package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** What the process holds, native memory included. */
public final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int WARM_UP = 50;
    private static final int STEPS = 200;

    /** How often a step is run. */
    public static final int STEPS_IN_ALL = WARM_UP + STEPS;

    private ResidentMemory() {}

    /**
     * Runs 200 steps, after 50 to warm up, and looks at the memory before and after.
     *
     * @param mebibytes by how much it may grow
     */
    public static void assertFlat(int mebibytes, IntConsumer step) throws IOException {
        assumeTrue(Files.exists(STATUS), "needs " + STATUS);
        for (var i = 0; i < WARM_UP; i++) {
            step.accept(i);
        }
        collect();
        var before = bytes();
        for (var i = 0; i < STEPS; i++) {
            step.accept(i);
        }
        collect();
        var grown = (bytes() - before) >> 20;
        assertTrue(grown < mebibytes, "grew by " + grown + " MiB");
    }

    /** Buffers outside of the heap go some time after what held them. */
    private static void collect() {
        for (var i = 0; i < 3; i++) {
            System.gc();
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long bytes() throws IOException {
        for (var line : Files.readAllLines(STATUS)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("no VmRSS");
    }
}
