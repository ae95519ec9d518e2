package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import io.uad.api.engine.Activation;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.Neighbours;
import io.uad.api.engine.StageContext;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.Fusion;
import io.uad.api.image.Image;
import io.uad.api.image.ScaledDecoder;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GuardedTest {
    private static final RegisteredComponent COMPONENT = RegisteredComponent.of(Stage.LISTENER, new Silent());

    @Test
    void aFailureOfAnyKindNamesTheComponentAndItsFile() {
        assertBroken(
                "no licence",
                () -> PluginContract.guard(COMPONENT, "call()", () -> {
                    throw new IllegalStateException("no licence");
                }));
        assertBroken(
                "StackOverflowError",
                () -> PluginContract.guard(COMPONENT, "call()", () -> {
                    throw new StackOverflowError();
                }));
        assertBroken(
                "Api.newer()",
                () -> PluginContract.guard(COMPONENT, "call()", () -> {
                    throw new NoSuchMethodError("Api.newer()");
                }));
    }

    @Test
    void aStateThatDoesNotFitAReductionIsNoFailureOfThePlugin() {
        var given = new Reduction() {
            @Override
            public Projection fit(FeatureMatrix sample, StageContext context) {
                throw new IllegalStateException("not asked for");
            }

            @Override
            public Projection restore(NamedTensors state, LinearAlgebra algebra) {
                throw new IllegalArgumentException("no tensor matrix");
            }

            @Override
            public int minimumRows() {
                return 1;
            }

            @Override
            public int sampleRows() {
                return 1;
            }
        };
        var reduction = new GuardedReduction(COMPONENT, given);
        assertThrows(
                IllegalArgumentException.class, () -> reduction.restore(NamedTensors.empty(), new JavaLinearAlgebra()));
    }

    @Test
    void whatAUserCanMendMemoryThatRanOutAndACancellationPassHoweverTheyAreWrapped() {
        var known = UadException.data("nothing there", "", "", "");
        assertSame(known, assertThrows(UadException.class, () -> failing(known)));
        assertSame(known, assertThrows(UadException.class, () -> failing(wrapped(known))));
        var exhausted = new OutOfMemoryError("Java heap space");
        assertSame(exhausted, assertThrows(OutOfMemoryError.class, () -> failing(exhausted)));
        assertSame(exhausted, assertThrows(OutOfMemoryError.class, () -> failing(wrapped(exhausted))));
        var cancelled = new CancellationException("stop");
        assertSame(
                cancelled,
                assertThrows(CancellationException.class, () -> failing(cancelled))
                        .getCause());
        assertThrows(CancellationException.class, () -> failing(wrapped(cancelled)));
    }

    @Test
    void aCheckedExceptionThatNobodyDeclaredIsAFailureLikeAnyOther() {
        assertBroken("IOException: torn", () -> failing(new IOException("torn")));
        assertBroken("InterruptedException", () -> failing(new InterruptedException()));
    }

    @Test
    void causesInACircleEnd() {
        var one = new IllegalStateException("round");
        one.initCause(new IllegalStateException("and round", one));
        assertBroken("round", () -> failing(one));
    }

    @Test
    void aPluginThatReturnsNothingIsToldByWhichCall() {
        var dataset = new GuardedDataset(COMPONENT, FakePlugin.of(Dataset.class, call -> null));
        assertBroken("nothing from summary()", dataset::summary);
    }

    @Test
    void aDecoderWhoseImageHasAnotherSizeIsBroken() {
        var image = new Image(3, 2, new byte[18]);
        ScaledDecoder plugin = FakePlugin.of(ScaledDecoder.class, call -> Optional.of(image));
        var decoder = new GuardedDecoder(COMPONENT, plugin);
        assertSame(image, decoder.decode(new byte[0], 5, 4, 2).orElseThrow());
        assertBroken("an image of 3x2 pixels", () -> decoder.decode(new byte[0], 7, 4, 2));
    }

    @Test
    void aDecoderThatWouldReduceBelowWhatIsNeededIsBroken() {
        for (var gap : new double[] {0.99, Double.NaN, Double.POSITIVE_INFINITY}) {
            ScaledDecoder plugin = FakePlugin.of(ScaledDecoder.class, call -> gap);
            assertBroken("a reducing gap of " + gap, new GuardedDecoder(COMPONENT, plugin)::reducingGap);
        }
    }

    private static void failing(Throwable failure) {
        PluginContract.run(COMPONENT, () -> GuardedTest.<RuntimeException>sneak(failure));
    }

    /** Throws what the compiler would not let it. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable failure) throws X {
        throw (X) failure;
    }

    private static Throwable wrapped(Throwable failure) {
        return new IllegalStateException(new ExecutionException("in a worker", failure));
    }

    @Test
    void aDatasetsFailuresAreItsOwnButASampleThatCannotBeReadIsNone() {
        var dataset = new GuardedDataset(COMPONENT, new Broken());

        assertBroken("no size", dataset::size);
        assertBroken("no size", () -> dataset.sample(0));
        assertEquals(
                "torn", assertThrows(IOException.class, () -> dataset.read(0)).getMessage());
    }

    @Test
    void aSelectionOfNothingIsRefused() {
        var fusion = new GuardedFusion(COMPONENT, FakePlugin.of(Fusion.class, call -> List.of()));
        var network = new Network("none", TensorShape.vector(2), List.of(), Map.of(), "head");
        assertBroken("no selection", () -> fusion.select(network, new Seed(1), 0));
    }

    @Test
    void aDatasetThatBreaksItsPromiseIsNamedWithTheSample() {
        var vectors = OptionalInt.of(2);
        var image = new Content.Decoded(new Image(1, 1, new byte[3]));
        assertBroken("3 values for a/b.png; expected 2", () -> read(vectors, new Content.Vector(new float[3])));
        assertBroken("an image for a/b.png; expected vectors", () -> read(vectors, image));
        assertBroken(
                "a vector for a/b.png; expected images",
                () -> read(OptionalInt.empty(), new Content.Vector(new float[2])));
        assertBroken("the value NaN for a/b.png", () -> read(vectors, new Content.Vector(new float[] {1, Float.NaN})));
        assertDoesNotThrow(() -> read(vectors, new Content.Vector(new float[] {1, 2})));
        assertDoesNotThrow(() -> read(OptionalInt.empty(), image));
    }

    private static void read(OptionalInt vectorLength, Content content) throws IOException {
        var dataset = FakePlugin.of(Dataset.class, call -> switch (call.getName()) {
            case "summary" -> new DatasetSummary("here", List.of(), 0, "none", vectorLength);
            case "sample" -> new Sample("a/b.png", -1);
            default -> content;
        });
        new GuardedDataset(COMPONENT, dataset).read(0);
    }

    @Test
    void fusedRowsAreCountedAndFiniteUnlessTheNetworkItselfIsNot() {
        var activations = List.of(new Activation("top", 2, TensorShape.vector(1), new float[] {1, 2}));
        assertBroken("3 values; expected 2 rows of 2", () -> fuse(activations, 1, 2, 3));
        assertBroken("the value Infinity in row 1", () -> fuse(activations, 1, 2, Float.POSITIVE_INFINITY, 4));
        assertDoesNotThrow(() -> fuse(activations, 1, 2, 3, 4));
        var diverged = List.of(new Activation("top", 2, TensorShape.vector(1), new float[] {1, Float.NaN}));
        assertDoesNotThrow(() -> fuse(diverged, 1, 2, Float.NaN, Float.NaN));
    }

    private static void fuse(List<Activation> activations, float... fused) {
        layout(2, fused).fuse(activations, new Seed(1));
    }

    @Test
    void scalesAreOnePerPartFiniteAndAboveZero() {
        assertBroken("1 scales; expected 2", () -> scale(1));
        for (var odd : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertBroken("scale " + odd + " for part 1", () -> scale(1, odd));
        }
        assertDoesNotThrow(() -> scale(1, 0.5));
    }

    private static void scale(double... scales) {
        layout(2, scales).scales(new double[2]);
    }

    private static GuardedFusion.Layout layout(int columns, Object answer) {
        return new GuardedFusion.Layout(
                COMPONENT,
                FakePlugin.of(FusedLayout.class, call -> call.getName().equals("columns") ? columns : answer));
    }

    @Test
    void neighboursLieAmongTheRowsAndAWrongArgumentStaysTheCallers() {
        assertBroken(
                "row 3 as a neighbour; expected 0 to 2",
                () -> neighbours(new Neighbours(1, new int[] {0, 1, 3}, new float[3])));
        assertBroken("row -1 as", () -> neighbours(new Neighbours(1, new int[] {-1, 1, 2}, new float[3])));
        assertBroken("2 neighbours and 3", () -> neighbours(new Neighbours(1, new int[2], new float[3])));
        assertDoesNotThrow(() -> neighbours(new Neighbours(1, new int[] {1, 2, 0}, new float[3])));

        var algebra = new GuardedLinearAlgebra(COMPONENT, new JavaLinearAlgebra());
        var points = algebra.upload(FeatureMatrix.of(new float[3], 1));
        assertThrows(IllegalArgumentException.class, () -> algebra.neighbours(points, 3));
    }

    private static void neighbours(Neighbours found) {
        var points = new JavaLinearAlgebra().upload(FeatureMatrix.of(new float[3], 1));
        new GuardedLinearAlgebra(COMPONENT, FakePlugin.of(LinearAlgebra.class, call -> found)).neighbours(points, 1);
    }

    @Test
    void callsWithinCallsAreThoseThatAreNamed() {
        var inner = new RegisteredComponent(
                Stage.LISTENER, "inner", "", "1", "inner.jar", new Silent(), COMPONENT.optionsType());

        PluginCalls.during(COMPONENT, () -> {
            PluginCalls.during(inner, () -> {
                assertEquals(List.of(inner), PluginCalls.underWay());
                return inner;
            });
            assertEquals(List.of(COMPONENT), PluginCalls.underWay());
            return COMPONENT;
        });
        assertEquals(List.of(), PluginCalls.underWay());
    }

    private static void assertBroken(String reason, Executable call) {
        var error = assertThrows(UadException.class, call);
        assertEquals(ErrorKind.PLUGIN, error.kind());
        var message = String.valueOf(error.getMessage());
        assertTrue(message.contains(reason) && message.contains("listener/silent"), message);
        assertTrue(message.contains(COMPONENT.origin()), message);
    }

    /** A dataset that works not at all. */
    private static final class Broken implements Dataset {
        @Override
        public DatasetSummary summary() {
            throw new IllegalStateException("no summary");
        }

        @Override
        public int size() {
            throw new IllegalStateException("no size");
        }

        @Override
        public Sample sample(int index) {
            throw new IllegalStateException("no size");
        }

        @Override
        public Content read(int index) throws IOException {
            throw new IOException("torn");
        }
    }
}
