package io.uad.runtime.checkpoint;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.engine.TapSelection;
import io.uad.runtime.checkpoint.CheckpointManifest.Dataset;
import io.uad.runtime.checkpoint.CheckpointManifest.Model;
import io.uad.runtime.checkpoint.CheckpointManifest.Phase;
import io.uad.runtime.checkpoint.CheckpointManifest.Position;
import io.uad.runtime.image.BadImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small checkpoints that differ from iteration to iteration. */
final class Checkpoints {
    private Checkpoints() {}

    static Checkpoint at(long iteration) {
        return at(new Position(1, iteration, 7, Phase.TRAINING, false));
    }

    @SuppressWarnings("NullAway") // javac 17 drops the @Nullable of a record's array from its compiled constructor
    static Checkpoint at(Position position) {
        var value = (float) position.iteration();
        var weights = new LinkedHashMap<String, Tensor>();
        weights.put("features.0.weight", Tensor.of(new float[] {value, 2, 3, 4}, 2, 2));
        weights.put("features.1.num_batches_tracked", Tensor.of(new long[] {position.iteration()}));
        weights.put("top_layer.weight", Tensor.of(new float[] {5, 6}, 2, 1));
        var clusters = new ClusterState(
                new NamedTensors(Map.of("mean", Tensor.of(new float[] {0.5f}, 1))),
                FeatureMatrix.of(new float[] {1, 2, 3, 4}, 2),
                new int[] {0, 1, -1},
                new float[] {0.25f, 0, 0},
                new float[] {1, 1.5f, 0},
                position.epoch() == 0 ? null : new int[] {1, 1, 0},
                new int[] {1, 0, 0, 1});
        return new Checkpoint(
                manifest(position),
                new NamedTensors(weights),
                new NamedTensors(Map.of("features.0.weight", Tensor.of(new float[] {9, 9, 9, value}, 2, 2))),
                clusters);
    }

    private static CheckpointManifest manifest(Position position) {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("objective", 0.1 + 0.2);
        metrics.put("clusters", 2.0);
        metrics.put("nmi-labels", Double.NaN);
        return CheckpointManifest.of(
                "0.1.0",
                position,
                new Model(
                        "alexnet",
                        224,
                        0,
                        2,
                        List.of(new TapSelection("pool1", List.of(3, 1)), TapSelection.all("fc7"))),
                new Dataset("fingerprint", 3, List.of(new BadImage(2, "b/c, \"d\".png", "truncated"))),
                "cpu",
                4,
                Map.of("engine-djl", "0.1.0", "backbone-alexnet", "0.1.0"),
                "seed: 31\noutput: exp\n",
                metrics,
                Map.of("loss-sum", Math.PI),
                Map.of("metrics.jsonl", 12L, "timings.jsonl", 3L));
    }
}
