package io.uad.exchange;

import io.uad.api.UadException;
import io.uad.exchange.torch.StoredTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the original program puts into a checkpoint: {@code epoch}, {@code arch}, {@code state_dict}, {@code optimizer}. A bare
 * state dict has only the third.
 *
 * @param epoch how many epochs were begun, which is where the original goes on; 0 if it is not said
 * @param arch the name of the network; null if it is not said
 * @param state by name, without the {@code module} that data parallelism inserts
 * @param momentum one entry per trained parameter, in their order; null where there is none yet; empty without an optimizer
 */
record OriginalCheckpoint(
        int epoch, @Nullable String arch, Map<String, StoredTensor> state, List<@Nullable StoredTensor> momentum) {

    /** @throws UadException of kind DATA if it holds no state dict */
    static OriginalCheckpoint of(Path file, Object root) {
        if (!(root instanceof Map<?, ?> saved)) {
            throw none(file, "it holds no dictionary");
        }
        var state = state(saved.get("state_dict") instanceof Map<?, ?> inner ? inner : saved);
        if (state.isEmpty()) {
            throw none(file, "it holds no state_dict, only " + saved.keySet());
        }
        var epoch = saved.get("epoch") instanceof Integer number ? Math.max(0, number) : 0;
        var arch = saved.get("arch") instanceof String name ? name : null;
        return new OriginalCheckpoint(epoch, arch, state, momentum(saved.get("optimizer")));
    }

    private static Map<String, StoredTensor> state(Map<?, ?> dictionary) {
        var state = new LinkedHashMap<String, StoredTensor>();
        dictionary.forEach((name, value) -> {
            if (name instanceof String text && value instanceof StoredTensor tensor) {
                state.put(withoutModule(text), tensor);
            }
        });
        return state;
    }

    private static String withoutModule(String name) {
        return Arrays.stream(name.split("\\."))
                .filter(part -> !part.equals("module"))
                .collect(Collectors.joining("."));
    }

    /** States are kept by the number of their parameter, or before PyTorch 1.5 by its address. */
    private static List<@Nullable StoredTensor> momentum(@Nullable Object optimizer) {
        var buffers = new ArrayList<@Nullable StoredTensor>();
        if (optimizer instanceof Map<?, ?> parts
                && parts.get("param_groups") instanceof List<?> groups
                && parts.get("state") instanceof Map<?, ?> states) {
            for (var group : groups) {
                if (group instanceof Map<?, ?> settings && settings.get("params") instanceof List<?> parameters) {
                    for (var parameter : parameters) {
                        // Anything else may be a list that holds itself, which cannot be looked up.
                        var isKey = parameter instanceof Number || parameter instanceof String;
                        var buffer = isKey && states.get(parameter) instanceof Map<?, ?> own
                                ? own.get("momentum_buffer")
                                : null;
                        buffers.add(buffer instanceof StoredTensor tensor ? tensor : null);
                    }
                }
            }
        }
        return buffers;
    }

    private static UadException none(Path file, String found) {
        return UadException.data(
                found,
                file.toString(),
                "a checkpoint of the original program: a dictionary with epoch, arch, state_dict and optimizer",
                "Name another file, or save its state dict anew in Python");
    }
}
