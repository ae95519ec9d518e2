package io.uad.plugin.engine.common;

import com.sun.management.OperatingSystemMXBean;
import io.uad.api.engine.DeviceInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The CPU and its memory. */
public final class Processor {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

    private Processor() {}

    /** As a device that an engine sees. */
    public static DeviceInfo device() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? new DeviceInfo("cpu", "", system.getTotalMemorySize(), system.getFreeMemorySize())
                : new DeviceInfo("cpu", "", 0, 0);
    }

    /** What Linux says of the processor; empty where nobody says anything. */
    public static String description() {
        try {
            return Files.exists(DESCRIPTION) ? Files.readString(DESCRIPTION) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Whether a description lacks an instruction set, such as {@code avx2}; false if it says nothing about any.
     *
     * @param description as {@link #description} has it
     */
    public static boolean lacks(String description, String instructions) {
        return flags(description).map(flags -> !flags.contains(instructions)).orElse(false);
    }

    /** Whether a description names an instruction set; false if it says nothing about any. */
    public static boolean has(String description, String instructions) {
        return flags(description).map(flags -> flags.contains(instructions)).orElse(false);
    }

    private static Optional<Set<String>> flags(String description) {
        return description
                .lines()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(flags -> new HashSet<>(List.of(flags.split("\\s+"))));
    }
}
