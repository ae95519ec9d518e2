package io.uad.runtime.engine;

import io.uad.api.Batch;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Network;
import io.uad.api.dataset.Dataset;
import io.uad.api.engine.Engine;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.runtime.backbone.Initialization;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.image.ImageConsumer;
import io.uad.runtime.inference.Images;
import io.uad.runtime.listener.Listeners;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fixed piece of a run on one engine, written down stage by stage: the same images, first weights, dropout masks, labels
 * and weights of samples for every engine, all of them functions of the run's seed.
 */
public final class EngineTrace {
    private final RunConfig config;
    private final TracedWork work;
    private final @Nullable TraceFolder reference;
    private final TraceFolder target;

    /**
     * @param config with the engine that is traced
     * @param reference the folder of the engine that went first, whose reduction is applied and whose features are clustered;
     *     null for that engine itself
     * @param target the folder of this trace; made if missing
     */
    public EngineTrace(RunConfig config, TracedWork work, @Nullable Path reference, Path target) {
        this.config = config;
        this.work = work;
        this.reference = reference == null ? null : TraceFolder.existing(reference);
        this.target = TraceFolder.create(target);
    }

    /**
     * Computes it all and writes it.
     *
     * @throws UadException if there are too few images, and whatever engine and plugins find wrong
     */
    public void record() {
        var dataset = PartOfDataset.of(config.dataset().create(Dataset.class), work.images());
        if (dataset.size() < work.batch()) {
            throw UadException.config(
                    dataset.size() + " images for batches of " + work.batch(),
                    "engines compare",
                    work.batch() + " images or more",
                    "Lower --batch, or give more images");
        }
        var network =
                config.backbone().create(Backbone.class).network(config.image().inputOf(dataset.summary()));
        try (var listeners = Listeners.of(List.of());
                var engine = config.engine().create(Engine.class);
                var session = engine.open(network, Initialization.of(network, new Seed(config.seed())))) {
            var images = Images.of(
                    config, dataset, Runtime.getRuntime().maxMemory() / 8, ImageConsumer.of(engine), listeners);
            var batches = firstBatches(images);
            var pace = new Pace();
            forward(network, session, batches.get(0), pace);
            new TracedFeatures(config, work.batch(), engine, reference).trace(network, session, images, target);
            new TracedTraining(config, work).trace(network, session, batches, pace, target);
            target.write(summary(engine, dataset.size(), pace));
        }
    }

    /** As many as there are steps, or fewer if there are not so many images. */
    private List<Batch> firstBatches(Images images) {
        var batches = new ArrayList<Batch>();
        try (var stream = images.centred(work.batch())) {
            while (batches.size() < work.steps() && stream.hasNext()) {
                var batch = stream.next().inputs();
                if (batch.size() >= 2) { // batch normalisation needs two
                    batches.add(batch);
                }
            }
        }
        if (batches.isEmpty()) {
            throw UadException.data("no two images can be read", "engines compare", "images", "Give other images");
        }
        return batches;
    }

    private void forward(Network network, TrainingSession session, Batch batch, Pace pace) {
        var values = FloatBuffer.allocate(
                Math.multiplyExact(batch.size(), batch.shape().size()));
        batch.writeTo(values);
        target.write(TracedStage.DECODE, Map.of("images", Tensor.of(values.array(), values.capacity())));

        var activations = new LinkedHashMap<String, Tensor>();
        for (var tap : network.taps().keySet()) {
            var read = session.forward(batch, List.of(TapSelection.all(tap))).get(0);
            activations.put(tap, Tensor.of(read.values(), read.values().length));
        }
        target.write(TracedStage.FORWARD, activations);
        var last = List.of(TapSelection.all(network.highTap()));
        pace.forward(batch.size(), () -> session.forward(batch, last));
    }

    private TraceSummary summary(Engine engine, int images, Pace pace) {
        var capabilities = engine.capabilities();
        return new TraceSummary(
                config.engine().name(),
                capabilities.library(),
                capabilities.device(),
                capabilities.deviceReason(),
                capabilities.threads(),
                capabilities.precision().toString(),
                images,
                work,
                config.toYaml(),
                pace.forwardMillis(),
                pace.stepMillis(),
                Machine.peakBytes());
    }
}
