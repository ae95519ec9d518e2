package io.uad.runtime.plan;

import io.uad.api.backbone.Backbone;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.dataset.Dataset;
import io.uad.api.fusion.Fusion;
import io.uad.api.reduction.Reduction;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.runtime.config.RunConfig;

/** The components that a configuration chose, all but engine and listeners; made before any image is read. */
public record Components(
        Dataset dataset,
        Backbone backbone,
        Fusion fusion,
        Reduction reduction,
        ClusteringAlgorithm clustering,
        Uncertainty uncertainty) {
    static Components of(RunConfig config) {
        return new Components(
                config.dataset().create(Dataset.class),
                config.backbone().create(Backbone.class),
                config.fusion().create(Fusion.class),
                config.reduction().create(Reduction.class),
                config.clustering().create(ClusteringAlgorithm.class),
                config.uncertainty().create(Uncertainty.class));
    }
}
