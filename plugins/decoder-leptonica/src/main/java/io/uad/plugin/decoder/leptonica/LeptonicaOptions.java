package io.uad.plugin.decoder.leptonica;

import io.uad.api.Option;

/** {@code decoder: {plugin: leptonica, reducing-gap: 2.0}}. */
public record LeptonicaOptions(
        @Option(
                defaultValue = "2.0",
                min = 1,
                max = 16,
                description =
                        "how many times larger than the network needs it an image stays at least; more is slower and closer to decoding in full")
        double reducingGap) {}
