package io.uad.runtime.engine;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.backbone.Network;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.engine.Engine;
import io.uad.api.engine.StageContext;
import io.uad.api.engine.TrainingSession;
import io.uad.api.fusion.Fusion;
import io.uad.api.reduction.Reduction;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.feature.FeatureReducer;
import io.uad.runtime.feature.ForwardPass;
import io.uad.runtime.feature.NetworkRows;
import io.uad.runtime.feature.SpillingStorage;
import io.uad.runtime.feature.StoredProjection;
import io.uad.runtime.inference.Images;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From the network's activations to clusters. The reduction is fitted by the engine that goes first and applied by the
 * others, so that what differs is the engine's doing and not that of a fit.
 */
final class TracedFeatures {
    private static final String FEATURES = "features";
    /** What the names of the projection's tensors begin with, beside the features. */
    static final String PROJECTION = "projection.";

    private final RunConfig config;
    private final int batch;
    private final Engine engine;
    private final @Nullable TraceFolder reference;
    private final Seed seed;

    TracedFeatures(RunConfig config, int batch, Engine engine, @Nullable TraceFolder reference) {
        this.config = config;
        this.batch = batch;
        this.engine = engine;
        this.reference = reference;
        this.seed = new Seed(config.seed());
    }

    /** Rows of features, and what turned the network's activations into them. */
    private record Reduced(FeatureMatrix rows, NamedTensors projection) {
        static Reduced read(NamedTensors tensors) {
            var rows = tensors.get(FEATURES);
            return new Reduced(FeatureMatrix.of(rows.floats(), rows.shape().get(1)), tensors.withPrefix(PROJECTION));
        }

        Map<String, Tensor> tensors() {
            var tensors = new LinkedHashMap<String, Tensor>();
            tensors.put(FEATURES, Tensor.of(rows.toArray(), rows.rows(), rows.columns()));
            tensors.putAll(projection.prefixed(PROJECTION).asMap());
            return tensors;
        }
    }

    /** Computes features and clusters, and writes them. */
    void trace(Network network, TrainingSession session, Images images, TraceFolder target) {
        var fusion = config.fusion().create(Fusion.class);
        var selections = fusion.select(network, seed, 0);
        var layout = fusion.layout(network, selections, seed);
        var context = context("features");
        var rows = new NetworkRows(
                new ForwardPass(session, network, selections),
                layout,
                samples -> images.centred(samples, batch),
                context.seed(),
                activations -> {});
        var reduction = config.reduction().create(Reduction.class);
        if (reference == null) {
            var reduced =
                    new FeatureReducer(reduction, SpillingStorage.temporary(), context).reduce(rows, images.count());
            var own = new Reduced(reduced.rows(), reduced.projection());
            target.write(TracedStage.FEATURES, own.tensors());
            cluster(own.rows, target, List.of(TracedStage.ASSIGNMENTS, TracedStage.PSEUDO_LABELS));
            return;
        }
        var shared = Reduced.read(reference.read(TracedStage.FEATURES));
        try (var projection =
                new StoredProjection(reduction, layout.parts(), shared.projection, engine.linearAlgebra())) {
            var own = new Reduced(project(rows, projection, images.count()), shared.projection);
            target.write(TracedStage.FEATURES, own.tensors());
            cluster(own.rows, target, List.of(TracedStage.PSEUDO_LABELS));
        }
        cluster(shared.rows, target, List.of(TracedStage.ASSIGNMENTS));
    }

    private static FeatureMatrix project(NetworkRows rows, StoredProjection projection, int samples) {
        var blocks = new ArrayList<FeatureMatrix>();
        rows.stream(IntStream.range(0, samples).toArray(), (indices, fused) -> blocks.add(projection.project(fused)));
        var all = FeatureMatrix.allocate(
                blocks.stream().mapToInt(FeatureMatrix::rows).sum(), projection.columns());
        var next = 0;
        for (var block : blocks) {
            all.write(next, block.rows(), block.toArray());
            next += block.rows();
        }
        return all;
    }

    private void cluster(FeatureMatrix rows, TraceFolder target, List<TracedStage> stages) {
        var labels = config.clustering()
                .create(ClusteringAlgorithm.class)
                .cluster(rows, context("clustering"))
                .labels();
        stages.forEach(stage -> target.write(stage, Map.of("labels", Tensor.of(labels, labels.length))));
    }

    private StageContext context(String stage) {
        return new StageContext(engine.linearAlgebra(), seed.derive(stage).derive(0), Progress.NONE, sentence -> {});
    }
}
