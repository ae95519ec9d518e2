package io.uad.runtime.feature;

import io.uad.api.Batch;
import io.uad.api.backbone.Network;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.image.ImageBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A network whose activations are read. It forwards no more images at once than make about 512 MiB of activations, and
 * keeps only what each reading asks for.
 */
public final class FrozenNetwork {
    /** Bytes of activations at once; fixed, because the last bits may differ between sizes of batches. */
    private static final long BUDGET = 512L << 20;

    private final TrainingSession session;
    private final List<TapReading> readings;
    private final List<TapSelection> selections;
    private final int imagesAtOnce;

    public FrozenNetwork(TrainingSession session, Network network, List<TapReading> readings) {
        this.session = session;
        this.readings = List.copyOf(readings);
        this.selections = readings.stream()
                .map(reading -> TapSelection.all(reading.tap()))
                .toList();
        this.imagesAtOnce = (int) Math.max(1, Math.min(Integer.MAX_VALUE, BUDGET / bytesPerImage(network)));
    }

    /**
     * The input in two layouts, the largest map coming into a layer with the one that leaves it, and the maps that are read.
     */
    private long bytesPerImage(Network network) {
        var largest = network.input().size();
        for (var tap : network.taps().keySet()) {
            largest = Math.max(largest, network.shapeAt(tap).size());
        }
        var kept = readings.stream().mapToLong(reading -> reading.map().size()).sum();
        return Float.BYTES * (2L * network.input().size() + 2L * largest + kept);
    }

    /** For each reading {@code [B, columns]}. */
    public List<float[]> read(Batch batch) {
        var features = new ArrayList<float[]>();
        readings.forEach(reading -> features.add(new float[Math.multiplyExact(batch.size(), reading.columns())]));
        // Of vectors, what is kept is as large as what is forwarded.
        var atOnce = batch instanceof ImageBatch ? imagesAtOnce : batch.size();
        for (var first = 0; first < batch.size(); first += atOnce) {
            var activations = session.forward(part(batch, first, Math.min(batch.size(), first + atOnce)), selections);
            for (var i = 0; i < readings.size(); i++) {
                var reading = readings.get(i);
                var values = reading.of(activations.get(i));
                System.arraycopy(values, 0, features.get(i), first * reading.columns(), values.length);
            }
        }
        return features;
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
