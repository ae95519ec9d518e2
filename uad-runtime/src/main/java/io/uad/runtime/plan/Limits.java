package io.uad.runtime.plan;

import com.sun.management.OperatingSystemMXBean;
import io.uad.api.engine.DeviceInfo;
import io.uad.api.engine.EngineCapabilities;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.checkpoint.RunFolder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * What may be used, in bytes; 0 for what is not known, except for the disk, of which nothing may be left.
 *
 * @param heap Java's heap
 * @param host memory of the machine, or of its container
 * @param swap disk that stands in for it
 * @param device memory of the engine's device, 0 too if it is the host's
 * @param hasDevice whether that is memory of its own
 * @param disk free where the run's folder is or will be; {@link #UNKNOWN_DISK} if that is not known
 */
public record Limits(long heap, long host, long swap, long device, boolean hasDevice, long disk) {
    /** The device that has no memory of its own. */
    static final String CPU = "cpu";

    /** In place of the free disk. */
    public static final long UNKNOWN_DISK = RunFolder.UNKNOWN_BYTES;

    /** Those of this process, before an engine is opened. */
    public static Limits here(Path output) {
        var machine = Machine.here();
        var swap = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getTotalSwapSpaceSize())
                : 0;
        return new Limits(machine.heapBytes(), machine.memoryBytes(), swap, 0, false, RunFolder.freeBytes(output));
    }

    /** The same with the device that an engine took. */
    Limits with(EngineCapabilities engine) {
        var own = !engine.device().equals(CPU);
        var memory = engine.devices().stream()
                .filter(device -> device.name().equals(engine.device()))
                .mapToLong(DeviceInfo::memoryBytes)
                .findFirst()
                .orElse(0);
        return new Limits(heap, host, swap, own ? memory : 0, own, disk);
    }

    /** The same with another heap. */
    Limits withHeap(long bytes) {
        return new Limits(bytes, host, swap, device, hasDevice, disk);
    }

    /** A quarter of the heap: matrices of features before they go to scratch files. */
    public static long forFeatures(long heap) {
        return heap / 4;
    }

    /** An eighth of the heap: decoded images that are kept for the next pass. */
    public static long forImages(long heap) {
        return heap / 8;
    }
}
