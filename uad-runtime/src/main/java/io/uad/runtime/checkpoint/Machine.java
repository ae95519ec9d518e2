package io.uad.runtime.checkpoint;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a run ran on.
 *
 * @param os name and version
 * @param arch as Java calls it, such as {@code amd64}
 * @param cores that Java may use
 * @param memoryBytes of the machine, or of its container
 * @param heapBytes that Java may use at most
 * @param java vendor and version
 */
public record Machine(String os, String arch, int cores, long memoryBytes, long heapBytes, String java) {
    /** This one. */
    public static Machine here() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getName() + " " + system.getVersion(),
                system.getArch(),
                Runtime.getRuntime().availableProcessors(),
                system instanceof com.sun.management.OperatingSystemMXBean extended ? extended.getTotalMemorySize() : 0,
                Runtime.getRuntime().maxMemory(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
    }

    /** The memory that this process took at most so far, Java's and native; 0 where the system does not say. */
    public static long peakBytes() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** Java's heap at the most, with what the collector keeps free: the size that {@code -Xmx} sets. */
    public static long largestHeap() {
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return machine == null
                ? Runtime.getRuntime().maxMemory()
                : Long.parseLong(machine.getVMOption("MaxHeapSize").getValue());
    }

    /** An error for the user whose Java ran out of memory. */
    public static UadException outOfMemory(OutOfMemoryError cause) {
        return new UadException(
                ErrorKind.RESOURCE,
                "Java ran out of memory: " + cause.getMessage(),
                "",
                "more than the " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB it may use",
                "Give it more (UAD_OPTS=-Xmx8g), or lower training.batch or image.size",
                cause);
    }
}
