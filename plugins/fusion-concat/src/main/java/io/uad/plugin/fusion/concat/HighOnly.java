package io.uad.plugin.fusion.concat;

import io.uad.api.Seed;
import io.uad.api.backbone.Network;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import io.uad.api.fusion.Fusion;
import java.util.List;

/** No fusion: the rows of one tap. */
final class HighOnly implements Fusion {
    private final String tap;

    HighOnly(String tap) {
        this.tap = tap;
    }

    @Override
    public List<TapSelection> select(Network network, Seed seed, int epoch) {
        return List.of(TapSelection.all(Taps.high(network, tap, "fusion.tap")));
    }

    @Override
    public FusedLayout layout(Network network, List<TapSelection> selections, Seed seed) {
        var columns = Taps.shape(network, selections.get(0)).size();
        return new SideBySide(List.of(new FusedPart("high", columns)), false);
    }
}
