package io.uad.runtime.engine;

import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.backbone.Network;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TrainingSession;
import io.uad.runtime.backbone.Initialization;
import io.uad.runtime.config.RunConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A few training steps on labels that are drawn: which ones does not matter to an engine. */
final class TracedTraining {
    private static final int CYCLE = 8;
    /** Of the learning rate: by a whole one what rounding makes of a step grows with every further one. */
    private static final double PART = 0.01;

    private final TracedWork work;
    private final Seed seed;
    private final Sgd body;
    private final Sgd head;

    TracedTraining(RunConfig config, TracedWork work) {
        var settings = config.training();
        this.work = work;
        this.seed = new Seed(config.seed());
        var rate = PART * settings.learningRate();
        this.body = new Sgd(rate, settings.momentum(), settings.weightDecay());
        this.head = new Sgd(rate, 0, settings.weightDecay());
    }

    /**
     * Writes the gradients of each batch by the first weights; then takes the steps, and writes their losses and how far
     * they moved the weights.
     *
     * @param batches gone through again where there are fewer than steps
     */
    void trace(Network network, TrainingSession session, List<Batch> batches, Pace pace, TraceFolder target) {
        var weight = Initialization.headWeight(network, work.classes(), seed.derive("head"));
        session.replaceHead(work.classes(), weight, new float[work.classes()]);
        for (var step = 0; step < work.steps(); step++) {
            session.backward(labelled(batches.get(step % batches.size()), step), dropout(step));
            target.write(TracedStage.GRADIENT, step, session.state().read(Kind.GRADIENTS));
        }
        var before = session.state().read(Kind.WEIGHTS);
        var losses = new float[work.steps()];
        for (var step = 0; step < losses.length; step++) {
            var number = step;
            var batch = labelled(batches.get(step % batches.size()), step);
            pace.step(batch.labels().length, () -> {
                losses[number] =
                        (float) session.backward(batch, dropout(number)).loss();
                session.update(body, head);
            });
        }
        target.write(TracedStage.LOSS, Map.of("losses", Tensor.of(losses, losses.length)));
        target.write(TracedStage.PARAMETERS, moved(before, session.state().read(Kind.WEIGHTS)));
    }

    private DropoutSeed dropout(int step) {
        return new DropoutSeed(seed.derive("dropout"), (long) step * work.batch());
    }

    /** What lies between two states, without the counters; the second one's arrays are overwritten. */
    private static Map<String, Tensor> moved(NamedTensors before, NamedTensors after) {
        var moved = new LinkedHashMap<String, Tensor>();
        after.asMap().forEach((name, tensor) -> {
            if (tensor.values() instanceof float[] values) {
                var first = before.get(name).floats();
                for (var i = 0; i < values.length; i++) {
                    values[i] -= first[i];
                }
                moved.put(name, tensor);
            }
        });
        return moved;
    }

    private LabelledBatch labelled(Batch batch, int step) {
        var drawn = seed.derive("labels").derive(step);
        var labels = new int[batch.size()];
        var weights = new float[batch.size()];
        for (var i = 0; i < labels.length; i++) {
            labels[i] = drawn.integer(i, work.classes());
            weights[i] = 0.5f + (float) (i % CYCLE) / CYCLE;
        }
        return new LabelledBatch(batch, labels, weights);
    }
}
