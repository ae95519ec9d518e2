package io.uad.runtime.evaluation;

import io.uad.api.Batch;
import io.uad.api.backbone.Network;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.image.ImageBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The network whose activations are probed. It forwards no more images at once than the memory holds activations of, and
 * keeps only the pooled ones.
 */
final class FrozenNetwork {
    private final TrainingSession session;
    private final List<ProbedTap> taps;
    private final List<TapSelection> selections;
    private final int imagesAtOnce;

    FrozenNetwork(TrainingSession session, Network network, List<ProbedTap> taps) {
        this.session = session;
        this.taps = taps;
        this.selections = taps.stream().map(tap -> TapSelection.all(tap.tap())).toList();
        var bytesPerImage = bytesPerImage(network);
        var budget = Runtime.getRuntime().maxMemory() / 16;
        this.imagesAtOnce = (int) Math.max(1, Math.min(Integer.MAX_VALUE, budget / bytesPerImage));
    }

    /**
     * The input in two layouts, the largest map coming into a layer with the one that leaves it, and the taps' maps.
     */
    private long bytesPerImage(Network network) {
        var largest = network.input().size();
        for (var tap : network.taps().keySet()) {
            largest = Math.max(largest, network.shapeAt(tap).size());
        }
        var kept = taps.stream()
                .mapToLong(tap -> network.shapeAt(tap.tap()).size())
                .sum();
        return Float.BYTES * (2L * network.input().size() + 2L * largest + kept);
    }

    /** For each tap the pooled activations {@code [B, features]}. */
    List<float[]> pooled(Batch batch) {
        var pooled = new ArrayList<float[]>();
        taps.forEach(tap -> pooled.add(new float[Math.multiplyExact(batch.size(), tap.features())]));
        // Of vectors, what is kept is as large as what is forwarded.
        var atOnce = batch instanceof ImageBatch ? imagesAtOnce : batch.size();
        for (var first = 0; first < batch.size(); first += atOnce) {
            var activations = session.forward(part(batch, first, Math.min(batch.size(), first + atOnce)), selections);
            for (var i = 0; i < taps.size(); i++) {
                var tap = taps.get(i);
                var values = tap.pooling().pool(activations.get(i));
                System.arraycopy(values, 0, pooled.get(i), first * tap.features(), values.length);
            }
        }
        return pooled;
    }

    private static Batch part(Batch batch, int first, int last) {
        return batch instanceof ImageBatch images
                ? new ImageBatch(
                        images.images().subList(first, last),
                        images.views().subList(first, last),
                        images.normalization())
                : batch;
    }
}
