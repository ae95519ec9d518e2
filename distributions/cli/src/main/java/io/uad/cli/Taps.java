package io.uad.cli;

/** How people name taps. */
final class Taps {
    private Taps() {}

    /** {@code conv3} for {@code 3}, since the original counts convolutions; any other word as it stands. */
    static String named(String word) {
        return word.strip().matches("\\d+") ? "conv" + word.strip() : word.strip();
    }
}
