package io.uad.api.engine;

/**
 * What an open engine is.
 *
 * @param library name and version of the library underneath
 * @param device {@code cpu}, {@code gpu:0}, ...
 * @param deviceReason why this device and not another, for people; empty if it was asked for by name
 * @param threads how many threads a CPU operation uses; results may differ bitwise between thread counts
 * @since 0.1
 */
public record EngineCapabilities(String library, String device, String deviceReason, int threads) {
    /** All of it in a line for people. */
    public String summary() {
        return library + " on " + device + " with " + threads + (threads == 1 ? " thread" : " threads")
                + (deviceReason.isEmpty() ? "" : " (" + deviceReason + ")");
    }
}
