package io.uad.api.engine;

import io.uad.api.UadException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What an open engine is, and what it has.
 *
 * @param library name and version of the library underneath
 * @param device {@code cpu}, {@code gpu:0}, ...
 * @param deviceReason why this device and this arithmetic, for people; empty if both were asked for by name
 * @param threads how many threads a CPU operation uses; results may differ bitwise between thread counts
 * @param precision of products and convolutions
 * @param capabilities what it does not lack
 * @param devices all that it sees, those that it does not use included; empty if it does not know
 * @since 0.1
 */
public record EngineCapabilities(
        String library,
        String device,
        String deviceReason,
        int threads,
        Precision precision,
        Set<Capability> capabilities,
        List<DeviceInfo> devices) {
    public EngineCapabilities {
        capabilities = Set.copyOf(capabilities);
        devices = List.copyOf(devices);
    }

    /** An engine that computes in float32 on the CPU, the only device it knows, alone, and lacks nothing else. */
    public static EngineCapabilities ofCpu(String library, int threads) {
        return new EngineCapabilities(
                library,
                "cpu",
                "",
                threads,
                Precision.FLOAT32,
                EnumSet.of(Capability.REPEATABLE, Capability.GRADIENT_EXCHANGE),
                List.of());
    }

    /** Whether it has that. */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /**
     * Makes sure that it can train in several processes.
     *
     * @throws UadException of kind CONFIG if it lacks {@link Capability#PROCESS_GROUPS}
     */
    public void requireProcessGroups() {
        if (!has(Capability.PROCESS_GROUPS)) {
            throw UadException.config(
                    library + " cannot train in several processes",
                    "engine.plugin",
                    "an engine that can, such as libtorch",
                    "Use one process, or another engine");
        }
    }

    /** All of it in a line for people. */
    public String summary() {
        return library + " on " + device + " with " + threads + (threads == 1 ? " thread" : " threads") + " in "
                + precision + (deviceReason.isEmpty() ? "" : " (" + deviceReason + ")");
    }
}
