package io.uad.runtime.feature;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;

/**
 * What the clustering gets to see.
 *
 * @param samples the sample of each row, ascending; samples that could not be read are missing
 * @param rows {@code [samples.length, d]}
 * @param projection the state of the fitted reduction
 * @param varianceShares each fused column's share of the variance
 */
public record ReducedFeatures(int[] samples, FeatureMatrix rows, NamedTensors projection, double[] varianceShares) {}
