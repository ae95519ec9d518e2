package io.uad.runtime.config;

import java.util.Locale;

/** Turns Java's names into those of the file. */
final class KebabCase {
    private KebabCase() {}

    /** {@code learningRate} becomes {@code learning-rate}. */
    static String of(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** {@code PER_EPOCH} becomes {@code per-epoch}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
