package io.uad.runtime.plugin;

import io.uad.api.ComponentProvider;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.BackboneProvider;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;
import io.uad.api.fusion.Fusion;
import io.uad.api.fusion.FusionProvider;
import io.uad.api.image.DecoderProvider;
import io.uad.api.image.ScaledDecoder;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunListener;
import io.uad.api.reduction.Reduction;
import io.uad.api.reduction.ReductionProvider;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.api.uncertainty.UncertaintyProvider;
import java.util.Arrays;
import java.util.Locale;

/** The stages that plugins can replace, in the order of the data. A decoder may be left out, listeners are several. */
public enum Stage {
    DATASET(DatasetProvider.class, Dataset.class),
    DECODER(DecoderProvider.class, ScaledDecoder.class),
    BACKBONE(BackboneProvider.class, Backbone.class),
    ENGINE(EngineProvider.class, Engine.class),
    FUSION(FusionProvider.class, Fusion.class),
    REDUCTION(ReductionProvider.class, Reduction.class),
    CLUSTERING(ClusteringProvider.class, ClusteringAlgorithm.class),
    UNCERTAINTY(UncertaintyProvider.class, Uncertainty.class),
    LISTENER(ListenerProvider.class, RunListener.class);

    private final Class<? extends ComponentProvider<?>> providerType;

    private final Class<?> componentType;

    Stage(Class<? extends ComponentProvider<?>> providerType, Class<?> componentType) {
        this.providerType = providerType;
        this.componentType = componentType;
    }

    /** The stage's key in the configuration. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The stage of a key.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Stage of(String key) {
        return Arrays.stream(values())
                .filter(stage -> stage.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("key must be that of a stage, was " + key));
    }

    /** The service interface that a plugin implements for this stage. */
    public Class<? extends ComponentProvider<?>> providerType() {
        return providerType;
    }

    /** The interface of what such a provider makes. */
    public Class<?> componentType() {
        return componentType;
    }
}
