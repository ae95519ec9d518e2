package io.uad.plugin.engine.libtorch;

import io.uad.api.image.FilterTaps;
import java.util.Arrays;
import java.util.List;

/**
 * The taps of several boxes, equally many for each output pixel: those that a box lacks weigh nothing.
 *
 * @param most how many taps an output pixel has
 * @param boxes how many there are
 * @param side output pixels of each box
 * @param places {@code [most, boxes, side]} which input pixel counts
 * @param weights {@code [most, boxes, side]} in fixed point
 */
record TapTable(int most, int boxes, int side, int[] places, int[] weights) {
    /** @param length input pixels of a box, some of which it may not have */
    TapTable(List<FilterTaps> taps, int length) {
        this(most(taps), taps.size(), taps.get(0).size());
        for (var box = 0; box < boxes; box++) {
            var own = taps.get(box);
            for (var pixel = 0; pixel < side; pixel++) {
                for (var tap = 0; tap < most; tap++) {
                    var at = (tap * boxes + box) * side + pixel;
                    places[at] = Math.min(own.first()[pixel] + tap, length - 1);
                    weights[at] = tap < own.count()[pixel] ? own.weights()[pixel * own.stride() + tap] : 0;
                }
            }
        }
    }

    private TapTable(int most, int boxes, int side) {
        this(most, boxes, side, new int[most * boxes * side], new int[most * boxes * side]);
    }

    private static int most(List<FilterTaps> taps) {
        return taps.stream()
                .flatMapToInt(each -> Arrays.stream(each.count()))
                .max()
                .orElseThrow();
    }
}
