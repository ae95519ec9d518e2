package ${package};

import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import io.uad.api.fusion.Fusion;
import java.util.List;

/** Reads a low and a high tap; a row is the mean of each channel over its map, the low tap's first. */
final class ${className}Fusion implements Fusion {
    private final ${className}Options options;

    ${className}Fusion(${className}Options options) {
        this.options = options;
    }

    @Override
    public List<TapSelection> select(Network network, Seed seed, int epoch) {
        var taps = List.copyOf(network.taps().keySet());
        if (taps.isEmpty()) {
            throw UadException.config("the network has no taps", "fusion", "a network with taps", "Choose another backbone");
        }
        return List.of(
                TapSelection.all(tap(taps, "low", options.low(), taps.get(0))),
                TapSelection.all(tap(taps, "high", options.high(), taps.get(taps.size() - 1))));
    }

    private static String tap(List<String> taps, String key, String chosen, String automatic) {
        var tap = chosen.equals(${className}Options.AUTO) ? automatic : chosen;
        if (!taps.contains(tap)) {
            throw UadException.config(
                    "the network has no tap '" + tap + "'",
                    "fusion." + key,
                    "one of " + String.join(", ", taps),
                    "Name one of these, or auto");
        }
        return tap;
    }

    @Override
    public FusedLayout layout(Network network, List<TapSelection> selections, Seed seed) {
        var parts = List.of(
                new FusedPart("low", network.shapeAt(selections.get(0).tap()).channels()),
                new FusedPart("high", network.shapeAt(selections.get(1).tap()).channels()));
        return new Means(parts);
    }

    /** Called from several threads at once, so it changes nothing of its own. */
    private record Means(List<FusedPart> parts) implements FusedLayout {
        @Override
        public float[] fuse(List<Activation> activations, Seed batch) {
            var samples = activations.get(0).samples();
            var rows = new float[samples * columns()];
            var before = 0; // columns of the parts before
            for (var activation : activations) {
                for (var sample = 0; sample < samples; sample++) {
                    means(activation, sample, rows, sample * columns() + before);
                }
                before += activation.shape().channels();
            }
            return rows;
        }

        private static void means(Activation activation, int sample, float[] rows, int to) {
            var shape = activation.shape();
            var pixels = shape.height() * shape.width();
            for (var channel = 0; channel < shape.channels(); channel++) {
                var from = (sample * shape.channels() + channel) * pixels;
                var sum = 0.0;
                for (var pixel = 0; pixel < pixels; pixel++) {
                    sum += activation.values()[from + pixel];
                }
                rows[to + channel] = (float) (sum / pixels);
            }
        }
    }
}
