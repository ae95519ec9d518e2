package io.uad.runtime.plugin;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Network;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.dataset.Dataset;
import io.uad.api.engine.Engine;
import io.uad.api.fusion.Fusion;
import io.uad.api.image.ScaledDecoder;
import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunListener;
import io.uad.api.reduction.Reduction;
import io.uad.api.uncertainty.Uncertainty;

/** Puts a guard around what a provider made, so that whatever fails in it, whenever, names the plugin. */
final class Guarded {
    private Guarded() {}

    static Object of(RegisteredComponent component, Object made) {
        return switch (component.stage()) {
            case DATASET -> new GuardedDataset(component, (Dataset) made);
            case DECODER -> new GuardedDecoder(component, (ScaledDecoder) made);
            case BACKBONE -> new GuardedBackbone(component, (Backbone) made);
            case ENGINE -> new GuardedEngine(component, (Engine) made);
            case FUSION -> new GuardedFusion(component, (Fusion) made);
            case REDUCTION -> new GuardedReduction(component, (Reduction) made);
            case CLUSTERING -> new GuardedClustering(component, (ClusteringAlgorithm) made);
            case UNCERTAINTY -> new GuardedUncertainty(component, (Uncertainty) made);
            case LISTENER -> new CalledListener(component, (RunListener) made);
        };
    }

    record GuardedBackbone(RegisteredComponent component, Backbone backbone) implements Backbone {
        @Override
        public Network network(TensorShape input) {
            return PluginContract.guard(component, "network()", () -> backbone.network(input));
        }
    }

    /** Its failures are its own: they end no run. */
    record CalledListener(RegisteredComponent component, RunListener listener) implements RunListener {
        @Override
        public void on(RunEvent event) {
            PluginCalls.during(component, () -> {
                listener.on(event);
                return event;
            });
        }

        @Override
        public void close() {
            PluginCalls.during(component, () -> {
                listener.close();
                return listener;
            });
        }
    }
}
