package io.uad.cli;

/** Sizes of memory and files, for people. */
final class Mebibytes {
    private Mebibytes() {}

    static String of(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
