package ${package};

import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer.Padding;
import java.util.Arrays;

/**
 * Where a window sees which values, as it moves over a map.
 *
 * @param height of the map of outputs
 * @param width of that map
 * @param size values that the window sees at a place
 * @param sources {@code [height * width, size]}: where in a channel of the input each of them lies, or {@code BEYOND}
 */
record Window(int height, int width, int size, int[] sources) {
    /** In the padding. */
    static final int BEYOND = -1;

    /**
     * A square window.
     *
     * @param edge what is seen in the padding: nothing, or the nearest values
     */
    static Window of(TensorShape input, int kernel, int stride, int padding, Padding edge) {
        var rows = seen(input.height(), kernel, stride, padding, edge);
        var columns = seen(input.width(), kernel, stride, padding, edge);
        var sources = new int[Math.multiplyExact(rows.length, columns.length)];
        var at = 0;
        for (var top = 0; top < rows.length; top += kernel) {
            for (var left = 0; left < columns.length; left += kernel) {
                for (var y = top; y < top + kernel; y++) {
                    for (var x = left; x < left + kernel; x++) {
                        var isBeyond = rows[y] == BEYOND || columns[x] == BEYOND;
                        sources[at++] = isBeyond ? BEYOND : rows[y] * input.width() + columns[x];
                    }
                }
            }
        }
        return new Window(rows.length / kernel, columns.length / kernel, kernel * kernel, sources);
    }

    /** A window that sees the whole map. */
    static Window whole(TensorShape input) {
        var sources = new int[input.height() * input.width()];
        Arrays.setAll(sources, i -> i);
        return new Window(1, 1, sources.length, sources);
    }

    /** Along one side, {@code kernel} places in the input for each output. */
    private static int[] seen(int side, int kernel, int stride, int padding, Padding edge) {
        var outputs = (side + 2 * padding - kernel) / stride + 1;
        var places = new int[Math.multiplyExact(outputs, kernel)];
        for (var i = 0; i < places.length; i++) {
            var place = i / kernel * stride - padding + i % kernel;
            var nearest = Math.max(0, Math.min(side - 1, place));
            places[i] = place == nearest || edge == Padding.REPLICATE ? nearest : BEYOND;
        }
        return places;
    }

    /** Places of the window. */
    int places() {
        return height * width;
    }

    /** The shape of the outputs. */
    TensorShape outputs(int channels) {
        return new TensorShape(channels, height, width);
    }
}
