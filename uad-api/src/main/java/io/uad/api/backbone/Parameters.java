package io.uad.api.backbone;

import io.uad.api.backbone.Parameter.Role;
import java.util.List;

/** Lists what layers have to store. */
final class Parameters {
    private Parameters() {}

    static void collect(List<Layer> layers, List<Parameter> into) {
        for (var layer : layers) {
            if (layer instanceof Layer.FixedConv2d conv) {
                into.add(new Parameter(
                        conv.name() + ".weight",
                        List.of(conv.out(), conv.in(), conv.kernel(), conv.kernel()),
                        Role.FIXED,
                        0));
                into.add(new Parameter(conv.name() + ".bias", List.of(conv.out()), Role.FIXED, 0));
            } else if (layer instanceof Layer.Conv2d conv) {
                var deviation = Math.sqrt(2.0 / ((double) conv.kernel() * conv.kernel() * conv.out()));
                into.add(new Parameter(
                        conv.name() + ".weight",
                        List.of(conv.out(), conv.in(), conv.kernel(), conv.kernel()),
                        Role.NORMAL,
                        deviation));
                if (conv.bias()) {
                    into.add(new Parameter(conv.name() + ".bias", List.of(conv.out()), Role.CONSTANT, 0));
                }
            } else if (layer instanceof Layer.BatchNorm2d norm) {
                var shape = List.of(norm.channels());
                into.add(new Parameter(norm.name() + ".weight", shape, Role.CONSTANT, 1));
                into.add(new Parameter(norm.name() + ".bias", shape, Role.CONSTANT, 0));
                into.add(new Parameter(norm.name() + ".running_mean", shape, Role.STATISTIC, 0));
                into.add(new Parameter(norm.name() + ".running_var", shape, Role.STATISTIC, 1));
                into.add(new Parameter(norm.name() + ".num_batches_tracked", List.of(), Role.COUNTER, 0));
            } else if (layer instanceof Layer.Linear linear) {
                into.add(new Parameter(
                        linear.name() + ".weight",
                        List.of(linear.out(), linear.in()),
                        Role.NORMAL,
                        linear.deviation()));
                into.add(new Parameter(linear.name() + ".bias", List.of(linear.out()), Role.CONSTANT, 0));
            } else if (layer instanceof Layer.Residual residual) {
                collect(residual.main(), into);
                collect(residual.shortcut(), into);
            }
        }
    }
}
