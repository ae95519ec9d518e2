package io.uad.runtime.plan;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.runtime.backbone.Initialization;
import java.util.Arrays;
import java.util.LinkedHashMap;

/** A state that takes as long to compute with as a real one and no time to make. */
final class FillerState {
    private static final int CYCLE = 251;

    private FillerState() {}

    static NamedTensors of(Network network) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : network.parameters()) {
            tensors.put(
                    parameter.name(),
                    new Tensor(
                            parameter.shape(),
                            parameter.role() == Parameter.Role.COUNTER ? new long[] {0} : values(parameter)));
        }
        tensors.putAll(Initialization.fixed(network).asMap());
        return new NamedTensors(tensors);
    }

    private static float[] values(Parameter parameter) {
        return parameter.role() == Parameter.Role.NORMAL
                ? values(parameter.size(), parameter.initial())
                : constant(parameter.size(), (float) parameter.initial());
    }

    private static float[] constant(int count, float value) {
        var values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    /** Values of that deviation around 0, evenly spread. */
    static float[] values(int count, double deviation) {
        var values = new float[count];
        var width = deviation * Math.sqrt(12);
        for (var i = 0; i < count; i++) {
            values[i] = (float) (width * ((i * 97L % CYCLE) / (double) (CYCLE - 1) - 0.5));
        }
        return values;
    }
}
