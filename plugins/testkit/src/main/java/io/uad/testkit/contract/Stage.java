package io.uad.testkit.contract;

import io.uad.api.ComponentProvider;
import io.uad.api.backbone.BackboneProvider;
import io.uad.api.clustering.ClusteringProvider;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.engine.EngineProvider;
import io.uad.api.fusion.FusionProvider;
import io.uad.api.image.DecoderProvider;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.reduction.ReductionProvider;
import io.uad.api.uncertainty.UncertaintyProvider;
import java.util.List;

/** The interfaces by which providers are found. */
final class Stage {
    private static final List<Class<?>> SERVICES = List.of(
            DatasetProvider.class,
            DecoderProvider.class,
            BackboneProvider.class,
            EngineProvider.class,
            FusionProvider.class,
            ReductionProvider.class,
            ClusteringProvider.class,
            UncertaintyProvider.class,
            ListenerProvider.class);

    private Stage() {}

    /**
     * The interface that a provider registers.
     *
     * @throws IllegalArgumentException if it is of no stage
     */
    static Class<?> service(ComponentProvider<?> provider) {
        return SERVICES.stream()
                .filter(service -> service.isInstance(provider))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(provider.getClass() + " is of no stage"));
    }
}
