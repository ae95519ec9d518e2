package io.uad.runtime.training;

import io.uad.api.Seed;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TrainingSession;
import io.uad.api.listener.RunEvent;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.process.Processes;
import java.util.concurrent.CancellationException;

/** Trains the network on an epoch's pseudo-labels: one pass over its sample, or as much of it as is left and is allowed. */
final class EpochTraining {
    private final RunConfig config;
    private final PretextImages images;
    private final Recorder recorder;
    private final Listeners listeners;
    private final StopSignal stop;
    private final Processes processes;
    private final TrainingSession session;
    private final LearningRate rate;
    private final Seed dropout;

    EpochTraining(
            RunConfig config,
            PretextImages images,
            Recorder recorder,
            Listeners listeners,
            StopSignal stop,
            Processes processes,
            TrainingSession session) {
        this.config = config;
        this.images = images;
        this.recorder = recorder;
        this.listeners = listeners;
        this.stop = stop;
        this.processes = processes;
        this.session = session;
        this.rate = new LearningRate(config.training());
        this.dropout = new Seed(config.seed()).derive("dropout");
    }

    /** Where training stopped, and whether the epoch's sample is used up. */
    record Ended(RunPosition position, boolean complete) {}

    Ended run(EpochPlan plan, RunPosition start) {
        var epoch = plan.epoch();
        var masks = dropout.derive(epoch);
        var outputs = plan.outputs();
        var batchSize = config.training().batch();
        var steps = (plan.order().length + batchSize - 1) / batchSize;
        var position = RunPosition.within(plan, start.iteration(), start.progress());
        var watch = images.watch();
        listeners.on(new RunEvent.StageStarted(epoch, "training"));
        try (var batches = images.augmented(plan, start.progress().position())) {
            while (batches.hasNext()) {
                if (processes.stops()) {
                    return new Ended(position, false);
                }
                var batch = batches.next();
                var inputs = labelled(batch, plan, outputs);
                var outcome = session.backward(inputs, new DropoutSeed(masks, batch.firstPosition()));
                recorder.requireFinite(
                        outcome.loss(), epoch, position.progress().step());
                update(epoch, position.progress().step(), steps, position.iteration());

                var size = batch.size();
                var correct = outcome.correct() / batch.copies();
                var progress = position.progress().after(size, batch.nextPosition(), outcome.loss(), correct);
                position = RunPosition.within(plan, position.iteration() + 1, progress);
                listeners.on(new RunEvent.StepFinished(
                        epoch,
                        position.iteration() - 1,
                        progress.step() - 1,
                        steps,
                        outcome.loss(),
                        (double) correct / size));
                if (position.iteration() % config.checkpoint().everyIterations() == 0) {
                    recorder.numbered(plan, position, session);
                }
            }
        } catch (CancellationException e) {
            stop.requireRaised(e);
            return new Ended(position, false);
        }
        listeners.on(watch.finished(epoch, "training"));
        return new Ended(position, true);
    }

    /** The head has no momentum: its outputs mean something else in every epoch. */
    private void update(int epoch, int step, int steps, long iteration) {
        var settings = config.training();
        var now = rate.at(epoch, step, steps, iteration);
        session.update(
                new Sgd(now, settings.momentum(), settings.weightDecay()),
                new Sgd(now, 0, settings.weightDecay()),
                settings.maxGradientNorm().orElse(Double.POSITIVE_INFINITY));
    }

    private static LabelledBatch labelled(JointBatch batch, EpochPlan plan, int[] outputs) {
        var indices = batch.part().indices();
        var size = indices.length;
        var labels = new int[size];
        var weights = new float[size];
        for (var i = 0; i < size; i++) {
            labels[i] = outputs[plan.labels()[indices[i]]];
            weights[i] = plan.weights()[indices[i]];
        }
        return new LabelledBatch(batch.part().inputs(), labels, weights, batch.copies());
    }
}
