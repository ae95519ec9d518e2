package io.uad.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process computes on. */
final class Processor {
    private Processor() {}

    /** The processor's name and its widest vectors, where the system tells (Linux on x86); else empty. */
    static String name() {
        try {
            return name(Files.readAllLines(Path.of("/proc/cpuinfo")));
        } catch (IOException e) { // another system
            return "";
        }
    }

    static String name(List<String> lines) {
        var model = value(lines, "model name");
        var flags = List.of(value(lines, "flags").split(" "));
        var vectors = flags.contains("avx512f") ? ", AVX-512" : flags.contains("avx2") ? ", AVX2" : "";
        return model + vectors;
    }

    /** Processor time of all threads of this process so far, in nanoseconds; 0 where the JVM cannot tell. */
    static long cpuNanoseconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuTime())
                : 0;
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
