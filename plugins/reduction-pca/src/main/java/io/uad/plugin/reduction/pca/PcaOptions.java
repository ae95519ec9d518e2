package io.uad.plugin.reduction.pca;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code reduction: {plugin: pca-whiten, components: 256, sample: 20000}}. */
public record PcaOptions(
        @Option(
                defaultValue = "256",
                min = 1,
                max = 2048,
                description =
                        "columns that are kept, fewer than there are images; auto keeps up to 256, as many as the images allow")
        OptionalInt components,

        @Option(
                defaultValue = "20000",
                min = 2,
                description =
                        "images that the components are fitted on, drawn by the seed; with fewer images all of them")
        int sample) {
    public PcaOptions {
        if (components.isPresent() && components.getAsInt() >= sample) {
            throw new IllegalArgumentException("sample must be above components, was " + sample + " with "
                    + components.getAsInt() + " components");
        }
    }
}
