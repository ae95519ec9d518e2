package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.NetworkBuilder;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.Fusion;
import io.uad.api.fusion.FusionProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a fusion promises: see {@link Fusion} and {@link FusedLayout}. */
public abstract class FusionContract extends ProviderContract<FusionProvider, Fusion> {
    private static final int SAMPLES = 6;
    private static final Seed RUN = new Seed(31);

    /** For subclasses. */
    protected FusionContract() {}

    /**
     * A network that has the taps which the options name: unless overridden, {@code conv1} and {@code pool1} of 12 channels,
     * {@code conv2}, {@code fc6} and {@code fc7}.
     */
    protected Network network() {
        var network = new NetworkBuilder("contract", TensorShape.image(8), 8);
        network.sequential("features")
                .conv(12, 3, 1, 1)
                .relu()
                .tap("conv1")
                .maxPool(2, 2, 0)
                .tap("pool1")
                .conv(6, 3, 1, 1)
                .relu()
                .tap("conv2");
        network.add(new Layer.Flatten());
        network.sequential("classifier").linear(20).relu().tap("fc6").linear(10).tap("fc7");
        return network.build("top_layer");
    }

    private List<TapSelection> selected() {
        return create().select(network(), RUN, 0);
    }

    private FusedLayout layout() {
        return create().layout(network(), selected(), RUN);
    }

    /** What an engine would read, as a function of the batch's number. */
    private static List<Activation> activations(
            Network network, List<TapSelection> selections, int samples, int batch) {
        var activations = new ArrayList<Activation>();
        for (var selection : selections) {
            var shape = network.shapeAt(selection.tap());
            if (!selection.channels().isEmpty()) {
                shape = new TensorShape(selection.channels().size(), shape.height(), shape.width());
            }
            var values = Rows.normal(selection.tap() + batch, samples * shape.size());
            activations.add(new Activation(selection.tap(), samples, shape, values));
        }
        return activations;
    }

    private float[] fused(FusedLayout layout, int samples, int batch) {
        var rows = layout.fuse(activations(network(), selected(), samples, batch), RUN.derive(batch));
        assertEquals(samples * layout.columns(), rows.length, "values of " + samples + " rows");
        Rows.assertFinite(rows, "fused");
        return rows;
    }

    @Test
    final void theSelectionsAreTapsAndChannelsOfTheNetwork() {
        var network = network();
        for (var epoch = 0; epoch < 3; epoch++) {
            var selections = create().select(network, RUN, epoch);
            assertFalse(selections.isEmpty(), "nothing is selected");
            for (var selection : selections) {
                var channels = selection.tap().equals(Network.TOP)
                        ? Integer.MAX_VALUE
                        : network.shapeAt(selection.tap()).channels();
                assertEquals(
                        selection.channels().size(),
                        new HashSet<>(selection.channels()).size(),
                        "channels come twice: " + selection);
                selection
                        .channels()
                        .forEach(channel -> assertTrue(channel >= 0 && channel < channels, selection.toString()));
            }
        }
    }

    @Test
    final void equalSeedsGiveEqualSelectionsFromTwoInstances() {
        for (var epoch = 0; epoch < 3; epoch++) {
            assertEquals(create().select(network(), RUN, epoch), create().select(network(), RUN, epoch));
        }
        var fusion = create();
        var first = fusion.select(network(), RUN, 0);
        fusion.select(network(), RUN, 1);
        assertEquals(first, fusion.select(network(), RUN, 0), "epochs asked in another order");
    }

    @Test
    final void aNetworkWithoutTapsIsAConfigErrorOrReadAtItsTop() {
        var network = new Network("bare", TensorShape.vector(3), List.of(), Map.of(), "top_layer");
        try {
            create().select(network, RUN, 0).forEach(selection -> assertEquals(Network.TOP, selection.tap()));
        } catch (UadException e) {
            assertEquals(ErrorKind.CONFIG, e.kind(), e.toString());
        }
    }

    @Test
    final void thePartsAddUpToTheRow() {
        var layout = layout();
        assertFalse(layout.parts().isEmpty(), "no parts");
        var columns = 0;
        for (var part : layout.parts()) {
            assertFalse(part.name().isBlank(), "a part has no name");
            assertTrue(part.columns() >= 1, part.toString());
            columns += part.columns();
        }
        assertEquals(columns, layout.columns());
    }

    @Test
    final void everySampleBecomesARowOfFiniteValues() {
        fused(layout(), SAMPLES, 0);
        fused(layout(), 1, 0);
    }

    @Test
    final void equalSeedsGiveEqualRowsFromTwoInstances() {
        assertArrayEquals(fused(layout(), SAMPLES, 1), fused(layout(), SAMPLES, 1));
    }

    @Test
    final void batchesMayComeInAnyOrder() {
        var layout = layout();
        var first = fused(layout, SAMPLES, 0);
        fused(layout, 2, 1);
        assertArrayEquals(first, fused(layout, SAMPLES, 0));
    }

    @Test
    final void severalThreadsMayFuseAtOnce() throws Exception {
        var layout = layout();
        var found = Concurrently.call(16, batch -> () -> fused(layout, SAMPLES, batch));
        for (var batch = 0; batch < found.size(); batch++) {
            assertArrayEquals(fused(layout(), SAMPLES, batch), found.get(batch), "batch " + batch);
        }
    }

    @Test
    final void theActivationsAreNotChangedAndTheRowsAreTheCallersOwn() {
        var layout = layout();
        var activations = activations(network(), selected(), SAMPLES, 0);
        var rows = layout.fuse(activations, RUN.derive(0));
        for (var activation : activations) {
            assertNotSame(activation.values(), rows);
        }
        var before = activations(network(), selected(), SAMPLES, 0);
        for (var i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i).values(), activations.get(i).values(), "activation " + i);
        }
        var copy = rows.clone();
        Arrays.fill(rows, Float.NaN);
        assertArrayEquals(copy, layout.fuse(activations, RUN.derive(0)));
    }

    @Test
    final void scalesAreFiniteAndAboveZeroOnePerPart() {
        var layout = layout();
        var parts = layout.parts().size();
        for (var variance : new double[] {0, 1e-12, 1, 1e6}) {
            var variances = new double[parts];
            for (var part = 0; part < parts; part++) {
                variances[part] = variance * (part + 1);
            }
            var scales = layout.scales(variances);
            assertEquals(parts, scales.length, "scales");
            for (var scale : scales) {
                assertTrue(scale > 0 && Double.isFinite(scale), "scale " + scale + " for variance " + variance);
            }
        }
    }

    @Test
    final void warningsAreSentencesWithoutAFullStop() {
        for (var warning : create().warnings()) {
            assertFalse(warning.isBlank() || warning.endsWith("."), "warning '" + warning + "'");
        }
    }

    @Test
    final void twentyBatchesLeaveNothingBehind() throws Exception {
        var layout = layout();
        var network = network();
        var selections = selected();
        var samples = Math.max(
                1,
                320_000
                        / activations(network, selections, 1, 0).stream()
                                .mapToInt(activation -> activation.values().length)
                                .sum());
        Heap.assertFlat(() -> layout.fuse(activations(network, selections, samples, 0), RUN.derive(0)));
    }
}
