package io.uad.runtime.inference;

import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.clustering.Clustering;
import io.uad.api.fusion.Fusion;
import io.uad.api.reduction.Reduction;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.runtime.checkpoint.CheckpointStore;
import io.uad.runtime.checkpoint.ClusterState;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import java.nio.file.Path;
import java.util.List;

/**
 * A run's network with the clusters of its last epoch. They were found when that epoch began; the network has been trained
 * on them since, unless the checkpoint was written before the epoch's first step.
 *
 * @param model the network, with all of the run's configuration but for its images
 * @param epoch whose clusters these are
 * @param state projection, centroids and assignments
 * @param objective the sum of squared distances that the clustering reported
 */
public record ClusteredModel(Model model, int epoch, ClusterState state, double objective) {
    /** Nothing is clustered anew. */
    private static final List<String> NOT_NEEDED = List.of("clustering");

    /**
     * The network and the clusters of a checkpoint.
     *
     * @param checkpoint its file, or a run's folder
     * @param data the images, for the dataset plugin of the run unless {@code overrides} name another
     * @param overrides what to change in the run's own configuration, such as the engine's threads
     * @throws UadException of kind DATA if there is no such checkpoint, or no clusters in it
     */
    public static ClusteredModel of(ConfigReader reader, Path checkpoint, Path data, List<ConfigLayer> overrides) {
        var read = CheckpointStore.read(checkpoint);
        var manifest = read.manifest();
        var clusters = read.clusters();
        if (clusters == null) {
            throw UadException.data(
                    "it holds a network and no clusters",
                    checkpoint.toString(),
                    "a checkpoint that 'uad train' wrote",
                    "Give the folder of a training run, or one of its checkpoints");
        }
        var config = Model.config(reader, Model.ofCheckpoint(checkpoint, read), NOT_NEEDED, data, overrides);
        var model = Model.of(config, checkpoint, read);
        var objective = manifest.metrics().getOrDefault("objective", 0.0);
        return new ClusteredModel(model, manifest.position().epoch(), clusters, objective);
    }

    /** What the run learned from, which unseen images are compared with. */
    Clustering trained() {
        return new Clustering(state.labels(), state.squaredDistances(), state.centroids(), objective);
    }

    Fusion fusion() {
        return model.config().fusion().create(Fusion.class);
    }

    Reduction reduction() {
        return model.config().reduction().create(Reduction.class);
    }

    Uncertainty uncertainty() {
        return model.config().uncertainty().create(Uncertainty.class);
    }

    /** Of the run. */
    Seed seed() {
        return new Seed(model.config().seed());
    }
}
