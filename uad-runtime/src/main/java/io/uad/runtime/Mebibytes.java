package io.uad.runtime;

/** Sizes of memory and files, for people. */
public final class Mebibytes {
    private Mebibytes() {}

    /** {@code 12 MiB}, rounded down. */
    public static String of(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
