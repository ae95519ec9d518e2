package io.uad.runtime.feature;

import io.uad.api.Batch;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.image.ImageBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Forwards batches of any size, no more images at once than make about 512 MiB of activations: what is on its way then does
 * not grow with the batch.
 */
public final class ForwardPass {
    /** Bytes of activations at once; fixed, because the last bits may differ between sizes of batches. */
    private static final long BUDGET = 512L << 20;

    private final TrainingSession session;
    private final List<TapSelection> selections;
    private final int imagesAtOnce;

    public ForwardPass(TrainingSession session, Network network, List<TapSelection> selections) {
        this.session = session;
        this.selections = List.copyOf(selections);
        this.imagesAtOnce = imagesAtOnce(network, 0);
    }

    /** What the selected taps hold for the whole batch, in the order of the selections. */
    public List<Activation> of(Batch batch) {
        if (!(batch instanceof ImageBatch) || batch.size() <= imagesAtOnce) {
            return session.forward(batch, selections);
        }
        var whole = new ArrayList<float[]>();
        List<Activation> last = List.of();
        for (var first = 0; first < batch.size(); first += imagesAtOnce) {
            last = session.forward(part(batch, first, Math.min(batch.size(), first + imagesAtOnce)), selections);
            for (var tap = 0; tap < last.size(); tap++) {
                var size = last.get(tap).shape().size();
                if (first == 0) {
                    whole.add(new float[Math.multiplyExact(batch.size(), size)]);
                }
                var values = last.get(tap).values();
                System.arraycopy(values, 0, whole.get(tap), first * size, values.length);
            }
        }
        var joined = new ArrayList<Activation>();
        for (var tap = 0; tap < whole.size(); tap++) {
            var part = last.get(tap);
            joined.add(new Activation(part.tap(), batch.size(), part.shape(), whole.get(tap)));
        }
        return joined;
    }

    /**
     * How many images the budget allows: of each the input in two layouts, the largest map coming into a layer with the one
     * that leaves it, and what is kept.
     *
     * @param kept values of each image that are read
     */
    public static int imagesAtOnce(Network network, long kept) {
        var largest = network.input().size();
        for (var tap : network.taps().keySet()) {
            largest = Math.max(largest, network.shapeAt(tap).size());
        }
        var bytes = Float.BYTES * (2L * network.input().size() + 2L * largest + kept);
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, BUDGET / bytes));
    }

    /** Images {@code first} to {@code last - 1} of a batch of images; another batch as it is. */
    static Batch part(Batch batch, int first, int last) {
        return batch instanceof ImageBatch images
                ? new ImageBatch(
                        images.images().subList(first, last),
                        images.views().subList(first, last),
                        images.normalization())
                : batch;
    }
}
