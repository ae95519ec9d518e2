package io.uad.api.engine;

/**
 * What a step found before it changed anything.
 *
 * @param loss {@code mean_i(weight_i * crossEntropy_i)}
 * @param correct how many samples have their label as the largest output, 0 to B
 * @since 0.1
 */
public record StepOutcome(double loss, int correct) {}
