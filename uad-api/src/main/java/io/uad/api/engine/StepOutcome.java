package io.uad.api.engine;

/**
 * What a step found before it changed anything.
 *
 * @param loss {@code mean_i(weight_i * crossEntropy_i)}
 * @param sampleLosses {@code [B]} cross-entropies without weights
 * @param correct how many samples have their label as the largest output
 */
public record StepOutcome(double loss, float[] sampleLosses, int correct) {}
