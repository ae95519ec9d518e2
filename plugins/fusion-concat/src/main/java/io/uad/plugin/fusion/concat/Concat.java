package io.uad.plugin.fusion.concat;

import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import io.uad.api.fusion.Fusion;
import java.util.Arrays;
import java.util.List;

/** Low-level columns, then high-level ones. */
final class Concat implements Fusion {
    private final ConcatOptions.Low low;
    private final ConcatOptions.High high;

    Concat(ConcatOptions.Low low, ConcatOptions.High high) {
        this.low = low;
        this.high = high;
    }

    @Override
    public List<TapSelection> select(Network network, Seed seed, int epoch) {
        Taps.shape(network, high.tap(), "fusion.high.tap");
        var available = Taps.shape(network, low.tap(), "fusion.low.tap").channels();
        if (low.channels().isEmpty()) {
            return List.of(TapSelection.all(low.tap()), TapSelection.all(high.tap()));
        }
        var count = low.channels().getAsInt();
        if (count > available) {
            throw UadException.config(
                    count + " channels of the tap " + low.tap() + ", which has " + available,
                    "fusion.low.channels",
                    "1 to " + available + ", or auto for all",
                    "Lower fusion.low.channels");
        }
        var drawn = seed.derive("fusion-channels").choose(count, available); // not of the epoch: once per run
        Arrays.sort(drawn);
        return List.of(
                new TapSelection(low.tap(), Arrays.stream(drawn).boxed().toList()), TapSelection.all(high.tap()));
    }

    @Override
    public FusedLayout layout(Network network, List<TapSelection> selections, Seed seed) {
        var map = Taps.shape(network, low.tap(), "fusion.low.tap");
        var chosen = selections.get(0).channels();
        var channels = chosen.isEmpty() ? map.channels() : chosen.size();
        var highColumns = Taps.shape(network, high.tap(), "fusion.high.tap").size();
        return new SideBySide(List.of(
                new FusedPart("low", channels * map.height() * map.width()), new FusedPart("high", highColumns)));
    }
}
