package io.uad.plugin.fusion.concat;

import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.Fusion;
import java.util.List;

/** Some channels of a low-level tap and the whole of a high-level one, joined in one way or another. */
final class LowAndHigh implements Fusion {
    private static final String LOW_TAP = "fusion.low.tap";
    private static final String HIGH_TAP = "fusion.high.tap";
    private static final int STANDARD_CHANNELS = 8;

    private final LowOptions low;
    private final HighOptions high;
    private final Join join;

    /** How the two parts become one row. */
    @FunctionalInterface
    interface Join {
        /**
         * @param lowColumns width of the low-level part
         * @param highColumns width of the high-level part
         * @param seed of the run
         */
        FusedLayout layout(int lowColumns, int highColumns, Seed seed);
    }

    LowAndHigh(LowOptions low, HighOptions high, Join join) {
        this.low = low;
        this.high = high;
        this.join = join;
    }

    @Override
    public List<TapSelection> select(Network network, Seed seed, int epoch) {
        var highTap = Taps.high(network, high.tap(), HIGH_TAP);
        var lowTap = Taps.low(network, low.tap(), LOW_TAP);
        var available = network.shapeAt(lowTap).channels();
        var channels = low.indices().isEmpty()
                ? drawn(lowTap, available, seed.derive("fusion-channels"), epoch)
                : listed(lowTap, available);
        return List.of(new TapSelection(lowTap, channels), TapSelection.all(highTap));
    }

    @Override
    public FusedLayout layout(Network network, List<TapSelection> selections, Seed seed) {
        var lowShape = Taps.shape(network, selections.get(0));
        var highColumns = Taps.shape(network, selections.get(1)).size();
        if (low.redraw() != Redraw.BATCH) {
            return join.layout(lowShape.size(), highColumns, seed);
        }
        var count = count(selections.get(0).tap(), lowShape.channels());
        var columns = count * lowShape.height() * lowShape.width();
        return new PerBatchChannels(count, join.layout(columns, highColumns, seed));
    }

    @Override
    public List<String> warnings() {
        return low.redraw() == Redraw.BATCH
                ? List.of(
                        "fusion.low.redraw: batch draws other channels for each batch of neighbouring files, as the original "
                                + "program does; the order of the files, and with a folder per class the class, leaks into "
                                + "the clusters, and figures measured against labels flatter")
                : List.of();
    }

    /** Empty for the whole tap, which is what each batch draws from. */
    private List<Integer> drawn(String tap, int available, Seed seed, int epoch) {
        var count = count(tap, available);
        if (low.redraw() == Redraw.BATCH) {
            return List.of();
        }
        var lasting = low.redraw() == Redraw.EPOCH ? seed.derive(epoch) : seed;
        return Channels.draw(count, available, lasting);
    }

    private int count(String tap, int available) {
        var count = low.channels().orElse(Math.min(STANDARD_CHANNELS, available));
        if (count > available) {
            throw UadException.config(
                    count + " channels of the tap " + tap + ", which has " + available,
                    "fusion.low.channels",
                    "1 to " + available + ", or auto",
                    "Lower fusion.low.channels");
        }
        return count;
    }

    private List<Integer> listed(String tap, int available) {
        for (var channel : low.indices()) {
            if (channel >= available) {
                throw UadException.config(
                        "channel " + channel + " of the tap " + tap + ", which has " + available,
                        "fusion.low.indices",
                        "channels from 0 to " + (available - 1),
                        "Choose other channels");
            }
        }
        return low.indices();
    }
}
