package io.uad.runtime.feature;

import io.uad.api.Batch;
import io.uad.api.backbone.Network;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.image.ImageBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A network whose activations are read, as {@link ForwardPass} forwards them. It keeps only what each reading asks for.
 */
public final class FrozenNetwork {
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
        this.imagesAtOnce = ForwardPass.imagesAtOnce(
                network,
                readings.stream().mapToLong(reading -> reading.map().size()).sum());
    }

    /** For each reading {@code [B, columns]}. */
    public List<float[]> read(Batch batch) {
        var features = new ArrayList<float[]>();
        readings.forEach(reading -> features.add(new float[Math.multiplyExact(batch.size(), reading.columns())]));
        // Of vectors, what is kept is as large as what is forwarded.
        var atOnce = batch instanceof ImageBatch ? imagesAtOnce : batch.size();
        for (var first = 0; first < batch.size(); first += atOnce) {
            var activations =
                    session.forward(ForwardPass.part(batch, first, Math.min(batch.size(), first + atOnce)), selections);
            for (var i = 0; i < readings.size(); i++) {
                var reading = readings.get(i);
                var values = reading.of(activations.get(i));
                System.arraycopy(values, 0, features.get(i), first * reading.columns(), values.length);
            }
        }
        return features;
    }
}
