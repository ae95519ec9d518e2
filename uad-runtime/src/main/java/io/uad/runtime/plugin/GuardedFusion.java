package io.uad.runtime.plugin;

import io.uad.api.Seed;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import io.uad.api.fusion.Fusion;
import java.util.List;

/** A fusion whose failures name it, and whose rows are checked. */
record GuardedFusion(RegisteredComponent component, Fusion fusion) implements Fusion {
    @Override
    public List<TapSelection> select(Network network, Seed seed, int epoch) {
        var selections = PluginContract.guard(component, "select()", () -> fusion.select(network, seed, epoch));
        PluginContract.check(component, selections);
        return selections;
    }

    @Override
    public FusedLayout layout(Network network, List<TapSelection> selections, Seed seed) {
        return new Layout(
                component, PluginContract.guard(component, "layout()", () -> fusion.layout(network, selections, seed)));
    }

    @Override
    public List<String> warnings() {
        return PluginContract.guard(component, "warnings()", fusion::warnings);
    }

    record Layout(RegisteredComponent component, FusedLayout layout) implements FusedLayout {
        @Override
        public List<FusedPart> parts() {
            return PluginContract.guard(component, "parts()", layout::parts);
        }

        @Override
        public double[] scales(double[] variances) {
            var scales = PluginContract.guard(component, "scales()", () -> layout.scales(variances));
            PluginContract.check(component, scales, variances.length);
            return scales;
        }

        @Override
        public float[] fuse(List<Activation> activations, Seed batch) {
            var fused = PluginContract.guard(component, "fuse()", () -> layout.fuse(activations, batch));
            PluginContract.check(component, fused, activations, columns());
            return fused;
        }

        @Override
        public int columns() {
            return PluginContract.guard(component, "columns()", layout::columns);
        }
    }
}
