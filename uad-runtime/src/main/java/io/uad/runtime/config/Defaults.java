package io.uad.runtime.config;

import io.uad.runtime.plugin.Stage;
import java.util.List;

/** The plugins that serve where the configuration names none; a decoder serves only where there is a block for it. */
final class Defaults {
    static final List<String> LISTENERS = List.of("console", "jsonl");

    private Defaults() {}

    static String plugin(Stage stage) {
        return switch (stage) {
            case DATASET -> "image-folder";
            case DECODER -> "leptonica";
            case BACKBONE -> "alexnet";
            case ENGINE -> "djl";
            case FUSION -> "concat";
            case REDUCTION -> "pca-whiten";
            case CLUSTERING -> "kmeans";
            case UNCERTAINTY -> "min-max";
            case LISTENER -> throw new IllegalArgumentException("listeners are several: LISTENERS");
        };
    }
}
