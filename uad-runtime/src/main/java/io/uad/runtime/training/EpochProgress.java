package io.uad.runtime.training;

import java.util.Map;

/**
 * Where the training of an epoch stands; a checkpoint keeps it to the last bit.
 *
 * @param step steps done in this epoch
 * @param position the place in the epoch's order where the next step begins
 * @param seen samples trained on; fewer than {@code position} if some could not be read
 * @param lossSum sum over those samples of their batch's mean loss
 * @param correct samples whose pseudo-label was the largest output
 */
record EpochProgress(int step, long position, long seen, double lossSum, long correct) {
    static final EpochProgress START = new EpochProgress(0, 0, 0, 0, 0);

    EpochProgress after(int samples, long nextPosition, double meanLoss, int newlyCorrect) {
        return new EpochProgress(
                step + 1, nextPosition, seen + samples, lossSum + meanLoss * samples, correct + newlyCorrect);
    }

    double meanLoss() {
        return seen == 0 ? 0 : lossSum / seen;
    }

    double accuracy() {
        return seen == 0 ? 0 : (double) correct / seen;
    }

    Map<String, Double> totals() {
        return Map.of(
                "position", (double) position, "seen", (double) seen, "loss-sum", lossSum, "correct", (double) correct);
    }

    static EpochProgress of(int step, Map<String, Double> totals) {
        return new EpochProgress(
                step,
                totals.getOrDefault("position", 0.0).longValue(),
                totals.getOrDefault("seen", 0.0).longValue(),
                totals.getOrDefault("loss-sum", 0.0),
                totals.getOrDefault("correct", 0.0).longValue());
    }
}
