package io.uad.exchange;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.exchange.torch.StoredTensor;
import io.uad.exchange.torch.TorchFile;
import io.uad.runtime.backbone.Initialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads the numbers of a checkpoint whose shapes fit a network.
 *
 * @param file for messages
 */
record StateReader(Path file, TorchFile torch, OriginalCheckpoint original) {
    /**
     * Every parameter of the network, in its order, and the head if there is one. Counters that an old PyTorch did not keep
     * are 0, and Sobel's weights are what they always are.
     *
     * @param classes of the head
     */
    NamedTensors weights(Network network, OptionalInt classes) {
        var given = Initialization.fixed(network);
        var parameters = new ArrayList<>(network.parameters());
        classes.ifPresent(count -> parameters.addAll(network.headParameters(count)));
        var weights = new LinkedHashMap<String, Tensor>();
        for (var parameter : parameters) {
            var name = parameter.name();
            var stored = original.state().get(name);
            if (stored != null) {
                weights.put(name, tensor(parameter, stored));
            } else {
                weights.put(name, given.has(name) ? given.get(name) : new Tensor(parameter.shape(), new long[] {0}));
            }
        }
        return new NamedTensors(weights);
    }

    /**
     * The momentum of the trained parameters, in whose order the optimizer keeps it. What does not fit is left out with a
     * notice, since a training goes on without.
     */
    NamedTensors momentum(Network network, List<String> notices) {
        var trained = network.parameters().stream().filter(Parameter::trained).toList();
        var buffers = original.momentum();
        if (buffers.isEmpty()) {
            notices.add("it holds no optimizer: momentum begins at 0");
            return NamedTensors.empty();
        }
        var momentum = new LinkedHashMap<String, Tensor>();
        for (var i = 0; i < trained.size(); i++) {
            var parameter = trained.get(i);
            var buffer = i < buffers.size() ? buffers.get(i) : null;
            if (i >= buffers.size() || (buffer != null && !buffer.shape().equals(parameter.shape()))) {
                notices.add("its optimizer has not the network's parameters: momentum begins at 0");
                return NamedTensors.empty();
            }
            if (buffer != null) {
                momentum.put(parameter.name(), tensor(parameter, buffer));
            }
        }
        return new NamedTensors(momentum);
    }

    private Tensor tensor(Parameter parameter, StoredTensor stored) {
        var counter = parameter.role() == Parameter.Role.COUNTER;
        var read = torch.read(stored).values();
        if (counter ? !(read instanceof long[]) : !(read instanceof float[])) {
            throw UadException.data(
                    parameter.name() + " holds elements of another type",
                    file.toString(),
                    counter ? "a count in int64" : "numbers in float32, float64, float16 or bfloat16",
                    "Save it anew in Python with that type");
        }
        if (read instanceof float[] values) {
            requireFinite(parameter.name(), values);
        }
        return new Tensor(parameter.shape(), read);
    }

    private void requireFinite(String name, float[] values) {
        for (var value : values) {
            if (!Float.isFinite(value)) {
                throw UadException.data(
                        name + " holds " + value + ": the training had diverged",
                        file.toString(),
                        "finite numbers",
                        "Take an earlier checkpoint");
            }
        }
    }
}
