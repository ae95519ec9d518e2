package io.uad.plugin.dataset.features;

import io.uad.api.Option;

/** {@code dataset: {plugin: features, path: features.npy}}. */
public record FeaturesOptions(
        @Option(description = "NumPy file (.npy) with a matrix of float32 or float64, one row per sample")
        String path,

        @Option(
                defaultValue = "auto",
                description =
                        "file with one label per row, integers in .npy or text with a line each; auto takes NAME.labels.npy, "
                                + ".csv or .txt beside NAME.npy if there is one; none")
        String labels,

        @Option(
                defaultValue = "false",
                description =
                        "scale each row to a mean square of 1, which embeddings of unit length and very large values need")
        boolean unitRows) {}
