package io.uad.plugin.fusion.concat;

import io.uad.api.Option;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/** {@code low: {tap: auto, channels: 8, redraw: run}} or {@code low: {indices: [3, 17, 40]}}. */
public record LowOptions(
        @Option(
                defaultValue = Taps.AUTO,
                description = "tap of the low-level activations; auto takes the end of the first block, such as pool1")
        String tap,

        @Option(
                defaultValue = "auto",
                min = 1,
                description =
                        "channels drawn at random; auto takes 8 (or all of fewer), or those of indices; the program takes 8, the paper 16")
        OptionalInt channels,

        @Option(
                defaultValue = "run",
                description =
                        "how long they last; batch is the original program's and leaks the order of the files into the features")
        Redraw redraw,

        @Option(
                defaultValue = "[]",
                min = 0,
                description = "these channels, counted from 0 and taken in this order, instead of drawn ones")
        List<Integer> indices) {
    public LowOptions {
        indices = List.copyOf(indices);
        if (!indices.isEmpty() && channels.isPresent()) {
            throw new IllegalArgumentException("channels " + channels.getAsInt() + " and indices " + indices
                    + " are both given: leave channels at auto to take those channels, or indices empty to draw some");
        }
        if (!indices.isEmpty() && redraw != Redraw.RUN) {
            throw new IllegalArgumentException(
                    "indices " + indices + " are fixed, so redraw must be run, was " + redraw);
        }
        if (new HashSet<>(indices).size() < indices.size()) {
            throw new IllegalArgumentException("indices must be distinct, were " + indices);
        }
    }
}
