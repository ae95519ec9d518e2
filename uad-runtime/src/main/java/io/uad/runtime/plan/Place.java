package io.uad.runtime.plan;

/** Where something lies. */
public enum Place {
    /** Java's heap, which {@code -Xmx} limits. */
    HEAP,
    /** The process's memory beside the heap. */
    NATIVE,
    /** The memory of the engine's device; that of the process if the engine computes on the CPU. */
    DEVICE,
    /** The file system of the run's folder. */
    DISK
}
