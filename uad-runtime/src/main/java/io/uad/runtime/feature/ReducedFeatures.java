package io.uad.runtime.feature;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;

/**
 * What the clustering gets to see.
 *
 * @param samples the sample of each row, ascending; samples that could not be read are missing
 * @param rows {@code [samples.length, d]}
 * @param projection what turns fused rows into such rows: the factors of the parts and the fitted reduction's state
 * @param varianceShares for each part its share of the variance of the fused rows, before they are multiplied; adding up
 *     to 1, all 0 if nothing varies
 */
public record ReducedFeatures(int[] samples, FeatureMatrix rows, NamedTensors projection, double[] varianceShares) {}
