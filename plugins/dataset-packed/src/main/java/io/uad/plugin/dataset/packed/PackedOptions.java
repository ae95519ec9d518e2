package io.uad.plugin.dataset.packed;

import io.uad.api.Option;

/** {@code dataset: {plugin: packed, path: photos.uadpack}}. */
public record PackedOptions(
        @Option(description = "file (.uadpack) that uad dataset pack wrote")
        String path,

        @Option(
                defaultValue = "original",
                description =
                        "original refuses the copy if the folder that it was made of is there and has other images; "
                                + "never does not look")
        Check check) {
    /** Whether a copy is compared with what it is a copy of. */
    public enum Check {
        /** If that is there. */
        ORIGINAL,
        /** Not at all. */
        NEVER
    }
}
