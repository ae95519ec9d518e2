package io.uad.testkit.contract;

import io.uad.api.ComponentProvider;
import io.uad.api.NoOptions;
import io.uad.api.Options;
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
import java.util.function.Supplier;

/** A provider per stage of whatever component a test gives it. */
final class Fakes {
    private Fakes() {}

    private abstract static class Fake<C> implements ComponentProvider<C> {
        private final Supplier<C> component;

        Fake(Supplier<C> component) {
            this.component = component;
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public String description() {
            return "made by a test";
        }

        @Override
        public Class<? extends Record> optionsType() {
            return NoOptions.class;
        }

        @Override
        public C create(Options options) {
            return component.get();
        }
    }

    static final class FakeDataset extends Fake<Dataset> implements DatasetProvider {
        FakeDataset(Supplier<Dataset> component) {
            super(component);
        }
    }

    static final class FakeDecoder extends Fake<ScaledDecoder> implements DecoderProvider {
        FakeDecoder(Supplier<ScaledDecoder> component) {
            super(component);
        }
    }

    static final class FakeBackbone extends Fake<Backbone> implements BackboneProvider {
        FakeBackbone(Supplier<Backbone> component) {
            super(component);
        }
    }

    static final class FakeEngine extends Fake<Engine> implements EngineProvider {
        FakeEngine(Supplier<Engine> component) {
            super(component);
        }
    }

    static final class FakeFusion extends Fake<Fusion> implements FusionProvider {
        FakeFusion(Supplier<Fusion> component) {
            super(component);
        }
    }

    static final class FakeReduction extends Fake<Reduction> implements ReductionProvider {
        FakeReduction(Supplier<Reduction> component) {
            super(component);
        }
    }

    static final class FakeClustering extends Fake<ClusteringAlgorithm> implements ClusteringProvider {
        FakeClustering(Supplier<ClusteringAlgorithm> component) {
            super(component);
        }
    }

    static final class FakeUncertainty extends Fake<Uncertainty> implements UncertaintyProvider {
        FakeUncertainty(Supplier<Uncertainty> component) {
            super(component);
        }
    }

    static final class FakeListener extends Fake<RunListener> implements ListenerProvider {
        FakeListener(Supplier<RunListener> component) {
            super(component);
        }
    }
}
