package io.uad.runtime.plugin;

import io.uad.api.ComponentProvider;
import io.uad.api.backbone.BackboneProvider;
import io.uad.api.clustering.ClusteringProvider;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.engine.EngineProvider;
import io.uad.api.fusion.FusionProvider;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.reduction.ReductionProvider;
import io.uad.api.uncertainty.UncertaintyProvider;
import java.util.Arrays;
import java.util.Locale;

/** The stages that plugins can replace, in the order of the data. */
public enum Stage {
    DATASET(DatasetProvider.class),
    BACKBONE(BackboneProvider.class),
    ENGINE(EngineProvider.class),
    FUSION(FusionProvider.class),
    REDUCTION(ReductionProvider.class),
    CLUSTERING(ClusteringProvider.class),
    UNCERTAINTY(UncertaintyProvider.class),
    LISTENER(ListenerProvider.class);

    private final Class<? extends ComponentProvider<?>> providerType;

    Stage(Class<? extends ComponentProvider<?>> providerType) {
        this.providerType = providerType;
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
}
