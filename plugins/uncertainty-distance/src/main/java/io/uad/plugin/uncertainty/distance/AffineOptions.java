package io.uad.plugin.uncertainty.distance;

import io.uad.api.Option;

/** {@code uncertainty: {plugin: affine, offset: 0.875, slope: 0.25}}. */
public record AffineOptions(
        @Option(
                defaultValue = "0.875",
                min = 0,
                max = 100,
                description = "weight of the sample nearest to its centroid")
        double offset,

        @Option(
                defaultValue = "0.25",
                min = -100,
                max = 100,
                description = "how much more the farthest sample weighs; offset + slope may not be below 0")
        double slope,

        @Option(
                defaultValue = "1.0",
                min = 0,
                minExclusive = true,
                max = 100,
                description = "power of the squared distance: 1 is the original, 0.5 the plain distance")
        double power,

        @Option(defaultValue = "false", description = "scale all weights to a mean of 1")
        boolean normalize) {
    public AffineOptions {
        if (!(offset + slope >= 0)) {
            throw new IllegalArgumentException("offset + slope must be 0 or more, was " + (offset + slope));
        }
    }
}
