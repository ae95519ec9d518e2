package io.uad.runtime.training;

import io.uad.runtime.config.TrainingSettings;
import io.uad.runtime.evaluation.DecayedLearningRate;

/** The learning rate of each step: a function of where the step lies in the run, so that a resume needs no replay. */
final class LearningRate {
    private final TrainingSettings settings;

    LearningRate(TrainingSettings settings) {
        this.settings = settings;
    }

    /**
     * The rate of one step.
     *
     * @param epoch of the run
     * @param step within the epoch, from 0 on
     * @param steps of the epoch
     * @param iteration steps since the run began
     */
    double at(int epoch, int step, int steps, long iteration) {
        var done = epoch - settings.startEpoch() + (double) step / steps; // in epochs
        var next = done + 1.0 / steps;
        if (next < settings.warmUp()) {
            return settings.learningRate() * next / settings.warmUp();
        }
        return switch (settings.schedule()) {
            case CONSTANT -> settings.learningRate();
            case COSINE -> cosine(done);
            case INVERSE_SQUARE_ROOT ->
                new DecayedLearningRate(settings.learningRate(), settings.weightDecay()).at(iteration);
        };
    }

    private double cosine(double done) {
        var falling = settings.epochs() - settings.startEpoch() - settings.warmUp();
        if (falling <= 0) {
            return settings.learningRate(); // all of it is warm-up
        }
        var share = Math.max(0, done - settings.warmUp()) / falling;
        return settings.learningRate() * (1 + Math.cos(Math.PI * share)) / 2;
    }
}
