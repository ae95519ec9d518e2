package io.uad.runtime.evaluation;

import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.VectorBatch;
import io.uad.api.backbone.Network;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.Engine;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.runtime.feature.TapReading;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The linear classifier on one tap: pooling, one linear layer, its schedule and its scores. */
final class ProbedTap implements AutoCloseable {
    private final TapReading reading;
    private final int features;
    private final int classes;
    private final ProbeSettings settings;
    private final DecayedLearningRate schedule;
    private final TrainingSession session;
    private long iteration;

    private double trainLossSum;
    private long trainSeen;
    private double lossSum;
    private long top1;
    private long top5;
    private long seen;

    ProbedTap(TapReading reading, int classes, ProbeSettings settings, Engine engine) {
        this.reading = reading;
        this.classes = classes;
        this.settings = settings;
        this.features = reading.columns();
        this.schedule = new DecayedLearningRate(settings.learningRate(), settings.weightDecay());
        var network = new Network("linear-probe", TensorShape.vector(features), List.of(), Map.of(), "linear");
        var weight = new float[Math.multiplyExact(classes, features)];
        var seed = new Seed(settings.seed()).derive("probe-head").derive(reading.tap());
        for (var i = 0; i < weight.length; i++) {
            weight[i] = (float) (0.01 * seed.gaussian(i));
        }
        this.session = engine.open(network, NamedTensors.empty());
        var done = false;
        try {
            session.replaceHead(classes, weight, new float[classes]);
            done = true;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    String tap() {
        return reading.tap();
    }

    TapReading reading() {
        return reading;
    }

    int features() {
        return features;
    }

    NamedTensors weights() {
        return session.state().read(SessionState.Kind.WEIGHTS);
    }

    /**
     * One step on frozen activations.
     *
     * @param pooled {@code [B, features]}
     */
    void train(float[] pooled, int[] labels) {
        var ones = new float[labels.length];
        Arrays.fill(ones, 1);
        var inputs = new VectorBatch(pooled, labels.length, features);
        var outcome = session.backward(new LabelledBatch(inputs, labels, ones), DropoutSeed.NONE);
        requireFinite(outcome.loss(), "training, iteration " + iteration);
        var rule = new Sgd(schedule.at(iteration++), settings.momentum(), settings.weightDecay());
        session.update(rule, rule);
        trainLossSum += outcome.loss() * labels.length;
        trainSeen += labels.length;
    }

    /** Steps that were trained. */
    long iteration() {
        return iteration;
    }

    /**
     * Scores images, each seen in {@code views} crops that follow one another. Softmax is averaged over them; the loss is
     * that of one crop.
     *
     * @param pooled {@code [B * views, features]}
     * @param lossView which crop the loss is of
     */
    void validate(float[] pooled, int[] labels, int views, int lossView) {
        var rows = labels.length * views;
        var inputs = new VectorBatch(pooled, rows, features);
        var logits = session.forward(inputs, List.of(TapSelection.all(Network.TOP)))
                .get(0)
                .values();
        var scores = new float[labels.length * classes];
        for (var image = 0; image < labels.length; image++) {
            var mean = new double[classes];
            for (var view = 0; view < views; view++) {
                var logSoftmax = logSoftmax(logits, (image * views + view) * classes);
                if (view == lossView) {
                    lossSum -= logSoftmax[labels[image]];
                }
                for (var c = 0; c < classes; c++) {
                    mean[c] += views == 1 ? logSoftmax[c] : Math.exp(logSoftmax[c]) / views;
                }
            }
            for (var c = 0; c < classes; c++) {
                scores[image * classes + c] = (float) mean[c];
            }
        }
        top1 += Accuracy.correct(1, scores, classes, labels);
        top5 += Accuracy.correct(Math.min(5, classes), scores, classes, labels);
        seen += labels.length;
        requireFinite(lossSum, "validation");
    }

    /** Numbers that are none rank like any others, so the accuracy would look like one. */
    private void requireFinite(double loss, String where) {
        if (!Double.isFinite(loss)) {
            throw UadException.data(
                    "the loss of the probe at " + reading.tap() + " is " + loss + ": it has diverged",
                    where,
                    "finite numbers",
                    "Lower the learning rate (--lr)");
        }
    }

    /** The scores since the last call, which they are forgotten by. */
    Scores takeScores() {
        var scores = new Scores(trainLossSum / trainSeen, lossSum / seen, 100.0 * top1 / seen, 100.0 * top5 / seen);
        trainLossSum = 0;
        trainSeen = 0;
        lossSum = 0;
        top1 = 0;
        top5 = 0;
        seen = 0;
        return scores;
    }

    @Override
    public void close() {
        session.close();
    }

    /** Of one epoch; losses are means, the rest is in percent. */
    record Scores(double trainLoss, double loss, double top1, double top5) {}

    private double[] logSoftmax(float[] logits, int offset) {
        var largest = Double.NEGATIVE_INFINITY;
        for (var c = 0; c < classes; c++) {
            largest = Math.max(largest, logits[offset + c]);
        }
        var sum = 0.0;
        for (var c = 0; c < classes; c++) {
            sum += Math.exp(logits[offset + c] - largest);
        }
        var result = new double[classes];
        for (var c = 0; c < classes; c++) {
            result[c] = logits[offset + c] - largest - Math.log(sum);
        }
        return result;
    }
}
