package io.uad.runtime.engine;

/** Measures how long an image takes. */
final class Pace {
    private static final int FORWARDS = 3;

    private double forwardSeconds;
    private double stepSeconds;

    /** Times some calls after one that warms up. */
    void forward(int images, Runnable pass) {
        pass.run();
        var began = System.nanoTime();
        for (var i = 0; i < FORWARDS; i++) {
            pass.run();
        }
        forwardSeconds = (System.nanoTime() - began) / 1e9 / FORWARDS / images;
    }

    /** Runs a step and keeps the fastest of those so far. */
    void step(int images, Runnable step) {
        var began = System.nanoTime();
        step.run();
        var seconds = (System.nanoTime() - began) / 1e9 / images;
        stepSeconds = stepSeconds == 0 ? seconds : Math.min(stepSeconds, seconds);
    }

    /** Of an image on its way to the last tap. */
    double forwardMillis() {
        return 1e3 * forwardSeconds;
    }

    /** Of an image in a training step. */
    double stepMillis() {
        return 1e3 * stepSeconds;
    }
}
