package io.uad.runtime.training;

/**
 * Where the training of an epoch stands; a checkpoint keeps it to the last bit.
 *
 * @param step steps done in this epoch
 * @param seen samples seen
 * @param lossSum sum over those samples of the batch's mean loss
 * @param correct samples whose pseudo-label was the largest output
 */
record EpochProgress(int step, long seen, double lossSum, long correct) {
    static final EpochProgress START = new EpochProgress(0, 0, 0, 0);

    EpochProgress after(int samples, double meanLoss, int newlyCorrect) {
        return new EpochProgress(step + 1, seen + samples, lossSum + meanLoss * samples, correct + newlyCorrect);
    }

    double meanLoss() {
        return seen == 0 ? 0 : lossSum / seen;
    }

    double accuracy() {
        return seen == 0 ? 0 : (double) correct / seen;
    }
}
