package io.uad.plugin.engine.libtorch;

import io.uad.api.image.FilterTaps;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.View;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The boxes of some views of a batch, one behind the other, each in the corner of a rectangle that holds the largest.
 *
 * @param first of the views
 * @param count how many
 * @param height of the highest box, in pixels
 * @param width of the widest box, in pixels
 */
record ViewBoxes(ImageBatch batch, int first, int count, int height, int width) {
    /** Bytes of a pixel. */
    static final int CHANNELS = 3;

    /**
     * As many as fit.
     *
     * @param mostBytes of all rectangles together, each counted as large as its view at least; one is taken in any case
     */
    static ViewBoxes of(ImageBatch batch, int first, long mostBytes) {
        var count = 0;
        var height = 0;
        var width = 0;
        while (first + count < batch.size()) {
            var view = batch.views().get(first + count);
            var higher = Math.max(height, view.height());
            var wider = Math.max(width, view.width());
            var room = (long) Math.max(higher, view.side()) * Math.max(wider, view.side()) * CHANNELS;
            if (count > 0 && (count + 1) * room > mostBytes) {
                break;
            }
            height = higher;
            width = wider;
            count++;
        }
        return new ViewBoxes(batch, first, count, height, width);
    }

    /** Whether the views are the images themselves. */
    boolean areTaken() {
        return IntStream.range(first, first + count)
                .allMatch(i -> batch.views().get(i).leavesAlone(batch.images().get(i)));
    }

    /** One per view. */
    List<FilterTaps> taps(Function<View, FilterTaps> ofView) {
        return batch.views().subList(first, first + count).stream().map(ofView).toList();
    }

    /** Writes {@code [count, height, width, 3]} bytes; what lies outside of a box is left as it is. */
    void writeTo(ByteBuffer target) {
        for (var i = 0; i < count; i++) {
            var image = batch.images().get(first + i);
            var view = batch.views().get(first + i);
            for (var y = 0; y < view.height(); y++) {
                var from = ((view.top() + y) * image.width() + view.left()) * CHANNELS;
                var to = (i * height + y) * width * CHANNELS;
                target.put(to, image.rgb(), from, view.width() * CHANNELS);
            }
        }
    }
}
