package io.uad.testkit.contract;

import static io.uad.testkit.contract.Rows.assertRefused;
import static io.uad.testkit.contract.SmallNetwork.OUT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.image.ImageBatch;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an engine promises of each layer in evaluation, compared with plain loops in doubles. */
abstract class EngineForwardContract extends EngineAlgebraContract {
    private static final TensorShape MAPS = new TensorShape(3, 9, 7);
    /** Float32 sums of some dozens of products, against the largest output. */
    private static final double ROUNDING = 1e-5;

    private void assertComputed(TensorShape input, Layer... layers) {
        var small = SmallNetwork.of(input, layers);
        try (var engine = create();
                var session = small.open(engine)) {
            assertForward(small, session);
        }
    }

    private static void assertForward(SmallNetwork small, TrainingSession session) {
        var found = read(small, session, TapSelection.all(OUT));
        var expected = new PlainNetwork(small.network(), small.state()).evaluate(small.maps(), OUT);
        assertEquals(OUT, found.tap());
        assertEquals(expected.samples(), found.samples());
        assertEquals(small.network().shapeAt(OUT), found.shape());
        assertClose(OUT, expected.values(), found.values(), ROUNDING);
    }

    private static Activation read(SmallNetwork small, TrainingSession session, TapSelection selection) {
        return session.forward(small.batch(), List.of(selection)).get(0);
    }

    /** Within a part of the largest expected value. */
    static void assertClose(String name, double[] expected, float[] found, double part) {
        assertEquals(expected.length, found.length, name + ": number of values");
        var scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (var i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], part * Math.max(scale, 1), name + "[" + i + "]");
        }
    }

    @Test
    final void convolutionsAreThoseOfPlainLoops() {
        assertComputed(MAPS, new Layer.Conv2d("c", 3, 5, 3, 1, 1, true));
        assertComputed(MAPS, new Layer.Conv2d("c", 3, 4, 4, 3, 2, false));
        assertComputed(MAPS, new Layer.Conv2d("c", 3, 1, 1, 2, 0, true));
        assertComputed(new TensorShape(24, 5, 5), new Layer.Conv2d("c", 24, 40, 3, 1, 1, true));
    }

    /** Libraries have kernels of their own for these. */
    @Test
    final void convolutionsOfPixelsWithManyOutputsAreThoseOfPlainLoops() {
        assertComputed(new TensorShape(32, 4, 4), new Layer.Conv2d("c", 32, 512, 1, 2, 0, false));
        assertComputed(new TensorShape(32, 2, 2), new Layer.Conv2d("c", 32, 512, 1, 1, 0, true));
    }

    /** Random boxes of images of several sizes, some mirrored, one as large as it is, in three ways of asking for them. */
    @Test
    final void viewsOfImagesAreThoseOfTheResamplerWhetherPreparedOrNot() {
        var side = 8;
        var small = SmallNetwork.of(TensorShape.image(side), new Layer.MaxPool2d(1, 1, 0)); // leaves values as they are
        var batches = List.of(NoisyViews.batch(1, side), NoisyViews.batch(2, side));
        try (var engine = create();
                var session = small.open(engine)) {
            for (var batch : batches) {
                assertViews(batch, session);
            }
            batches.forEach(session::prepare);
            batches.forEach(batch -> assertViews(batch, session));
            session.prepare(batches.get(0));
            assertViews(NoisyViews.part(batches.get(0), 2, 5), session);
            assertViews(NoisyViews.part(batches.get(0), 5, 6), session);
            assertViews(batches.get(1), session);
        }
    }

    private static void assertViews(ImageBatch batch, TrainingSession session) {
        var expected = FloatBuffer.allocate(batch.size() * batch.shape().size());
        batch.writeTo(expected);
        var found = session.forward(batch, List.of(TapSelection.all(OUT))).get(0);
        assertEquals(batch.size(), found.samples());
        assertArrayEquals(expected.array(), found.values());
    }

    @Test
    final void fixedConvolutionsSeeZerosOrTheNearestValuesBeyondTheBorder() {
        var weight = SmallNetwork.list(Rows.normal("f.weight", 2 * 3 * 9));
        for (var edge : Layer.Padding.values()) {
            assertComputed(MAPS, new Layer.FixedConv2d("f", 3, 2, 3, 1, edge, weight));
            assertComputed(MAPS, new Layer.FixedConv2d("f", 3, 2, 3, 0, edge, weight));
        }
    }

    @Test
    final void batchNormalisationInEvaluationTakesTheRunningStatistics() {
        assertComputed(MAPS, new Layer.BatchNorm2d("n", 3));
    }

    @Test
    final void rectifiersAndDropoutInEvaluationAreThoseOfPlainLoops() {
        assertComputed(MAPS, new Layer.Relu());
        assertComputed(MAPS, new Layer.Dropout("d", 0.5));
        assertComputed(MAPS, new Layer.BatchNorm2d("n", 3), new Layer.Relu(), new Layer.MaxPool2d(3, 2, 1));
    }

    @Test
    final void paddingNeverWinsAMaximum() {
        // The bias is far below 0, so that a padding of zeros would be the largest.
        var shift = new Layer.Conv2d("low", 3, 3, 1, 1, 0, true);
        var small = SmallNetwork.of(MAPS, shift, new Layer.MaxPool2d(3, 2, 1));
        var state = new LinkedHashMap<>(small.state().asMap());
        state.put("low.bias", Tensor.of(new float[] {-50, -60, -70}, 3));
        try (var engine = create();
                var session = engine.open(small.network(), new NamedTensors(state))) {
            var expected = new PlainNetwork(small.network(), new NamedTensors(state)).evaluate(small.maps(), OUT);
            var found = read(small, session, TapSelection.all(OUT));
            assertClose(OUT, expected.values(), found.values(), ROUNDING);
        }
    }

    @Test
    final void poolsAreThoseOfPlainLoops() {
        assertComputed(MAPS, new Layer.MaxPool2d(2, 2, 0));
        assertComputed(MAPS, new Layer.MaxPool2d(3, 1, 1));
        assertComputed(MAPS, new Layer.AvgPool2d(2, 2, 0));
        assertComputed(MAPS, new Layer.AvgPool2d(3, 2, 1)); // padding counts as zeros
        assertComputed(MAPS, new Layer.GlobalAvgPool2d());
    }

    @Test
    final void linearLayersTakeVectorsAndWhatPoolsAndFlatteningLeave() {
        assertComputed(TensorShape.vector(13), new Layer.Linear("l", 13, 6));
        assertComputed(MAPS, new Layer.Flatten(), new Layer.Linear("l", 3 * 9 * 7, 6));
        assertComputed(MAPS, new Layer.GlobalAvgPool2d(), new Layer.Linear("l", 3, 6));
    }

    @Test
    final void residualsAddTheirBranches() {
        var main = List.<Layer>of(new Layer.Conv2d("m", 3, 3, 3, 1, 1, true));
        assertComputed(MAPS, new Layer.Residual(main, List.of()));
        assertComputed(MAPS, new Layer.Residual(main, List.of(new Layer.Conv2d("s", 3, 3, 1, 1, 0, true))));
        var flat = List.<Layer>of(new Layer.Linear("m", 13, 13), new Layer.Relu());
        assertComputed(TensorShape.vector(13), new Layer.Residual(flat, List.of()));
    }

    @Test
    final void allLayersTogetherAreThoseOfPlainLoops() {
        var small = SmallNetwork.ofEverything();
        try (var engine = create();
                var session = small.open(engine)) {
            assertForward(small, session);
        }
    }

    @Test
    final void selectedChannelsAreThoseOfTheWholeTapInTheirOrder() {
        var small = SmallNetwork.of(MAPS, new Layer.Conv2d("c", 3, 5, 3, 1, 1, true));
        try (var engine = create();
                var session = small.open(engine)) {
            var both = session.forward(
                    small.batch(), List.of(TapSelection.all(OUT), new TapSelection(OUT, List.of(3, 0))));
            var whole = both.get(0).values();
            var chosen = both.get(1);
            assertEquals(new TensorShape(2, 9, 7), chosen.shape());
            var plane = 9 * 7;
            for (var i = 0; i < chosen.values().length; i++) {
                var sample = i / (2 * plane);
                var channel = i / plane % 2 == 0 ? 3 : 0;
                assertEquals(whole[(sample * 5 + channel) * plane + i % plane], chosen.values()[i], "value " + i);
            }
        }
    }

    @Test
    final void theTopIsTheHeadsOutput() {
        var small = SmallNetwork.of(TensorShape.vector(4), new Layer.Relu());
        try (var engine = create();
                var session = small.open(engine)) {
            session.replaceHead(2, new float[] {1, 0, 0, 0, 0, 1, 1, 0}, new float[] {0, 5});
            var features = read(small, session, TapSelection.all(OUT)).values();
            var top = read(small, session, TapSelection.all(Network.TOP));
            assertEquals(TensorShape.vector(2), top.shape());
            for (var sample = 0; sample < SmallNetwork.SAMPLES; sample++) {
                assertEquals(features[sample * 4], top.values()[sample * 2], 1e-5);
                assertEquals(
                        features[sample * 4 + 1] + features[sample * 4 + 2] + 5, top.values()[sample * 2 + 1], 1e-5);
            }
        }
    }

    @Test
    final void anUnknownTapAMissingHeadAndAStateThatDoesNotFitAreRefused() {
        var small = SmallNetwork.of(MAPS, new Layer.Conv2d("c", 3, 5, 3, 1, 1, true));
        try (var engine = create();
                var session = small.open(engine)) {
            var unknown = TapSelection.all("nowhere");
            assertThrows(IllegalArgumentException.class, () -> read(small, session, unknown));
            var top = TapSelection.all(Network.TOP);
            assertThrows(IllegalStateException.class, () -> read(small, session, top));
            assertRefused(
                    ErrorKind.DATA,
                    () -> engine.open(small.network(), NamedTensors.empty()).close());
            var other = new LinkedHashMap<>(small.state().asMap());
            other.put("c.bias", Tensor.of(new float[4], 4));
            assertRefused(
                    ErrorKind.DATA,
                    () -> engine.open(small.network(), new NamedTensors(other)).close());
        }
    }

    @Test
    final void whatWasReadBelongsToTheReaderAndTheStateIsCopied() {
        var small = SmallNetwork.of(MAPS, new Layer.Conv2d("c", 3, 5, 3, 1, 1, true));
        var state = small.state();
        try (var engine = create();
                var session = engine.open(small.network(), state)) {
            var first = read(small, session, TapSelection.all(OUT)).values();
            var copy = first.clone();
            Arrays.fill(first, Float.NaN);
            Arrays.fill(state.get("c.weight").floats(), Float.NaN);
            assertArrayEquals(copy, read(small, session, TapSelection.all(OUT)).values());
        }
    }
}
