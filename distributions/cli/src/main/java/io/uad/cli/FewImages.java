package io.uad.cli;

import io.uad.runtime.config.ComponentConfig;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.RunConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A configuration for fewer images than it was written for. */
final class FewImages {
    private static final int ROWS_PER_CLUSTER = 8;
    private static final int ROWS_PER_COMPONENT = 4;

    private FewImages() {}

    /**
     * What to change: as many clusters and components as so few rows allow to be found again.
     *
     * @param say is told of each change
     */
    static List<ConfigLayer> clamp(RunConfig config, int rows, Consumer<String> say) {
        var layers = new ArrayList<ConfigLayer>();
        clamp("clustering.k", clusters(config), rows / ROWS_PER_CLUSTER, say, layers);
        clamp("reduction.components", number(config.reduction(), "components"), rows / ROWS_PER_COMPONENT, say, layers);
        return layers;
    }

    /** How many clusters it asks for; empty if it leaves that open. */
    static Optional<Integer> clusters(RunConfig config) {
        return number(config.clustering(), "k").filter(k -> k >= 2);
    }

    private static void clamp(
            String key, Optional<Integer> value, int rows, Consumer<String> say, List<ConfigLayer> layers) {
        var most = Math.max(2, rows);
        if (value.isPresent() && value.get() > most) {
            say.accept(key + ": " + most + " instead of " + value.get() + ", for so few images");
            layers.add(ConfigLayer.assignment("engines compare", key, Integer.toString(most)));
        }
    }

    private static Optional<Integer> number(ComponentConfig component, String key) {
        return component.option(key).flatMap(value -> {
            if (value instanceof OptionalInt optional) {
                return optional.isPresent() ? Optional.of(optional.getAsInt()) : Optional.empty();
            }
            return value instanceof Integer number ? Optional.of(number) : Optional.empty();
        });
    }
}
