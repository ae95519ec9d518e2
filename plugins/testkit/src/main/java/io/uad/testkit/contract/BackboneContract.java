package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uad.api.ErrorKind;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.BackboneProvider;
import io.uad.api.backbone.Network;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a backbone promises: see {@link Backbone}. {@link Network} itself checks that its layers fit. */
public abstract class BackboneContract extends ProviderContract<BackboneProvider, Backbone> {
    private static final int LARGEST_SIDE = 512;

    /** For subclasses. */
    protected BackboneContract() {}

    /** An input that the backbone takes: unless overridden, the first it does take of some images and vectors. */
    protected TensorShape input() {
        var backbone = create();
        return List.of(
                        TensorShape.image(64),
                        TensorShape.image(224),
                        TensorShape.image(LARGEST_SIDE),
                        TensorShape.vector(16),
                        TensorShape.vector(512))
                .stream()
                .filter(shape -> accepted(backbone, shape).isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("neither images nor vectors are taken: override input()"));
    }

    /** The network, or nothing if the shape is refused as it should be. */
    private static Optional<Network> accepted(Backbone backbone, TensorShape shape) {
        try {
            return Optional.of(backbone.network(shape));
        } catch (UadException e) {
            assertEquals(ErrorKind.CONFIG, e.kind(), shape + ": " + e);
            return Optional.empty();
        }
    }

    @Test
    final void theNetworkTakesTheInputThatWasAskedFor() {
        var input = input();
        assertEquals(input, create().network(input).input());
    }

    @Test
    final void equalShapesGiveEqualNetworksFromTwoInstances() {
        var input = input();
        assertEquals(create().network(input), create().network(input));
        var backbone = create();
        assertEquals(backbone.network(input), backbone.network(input));
    }

    @Test
    final void thereIsATapToReadFeaturesFrom() {
        var network = create().network(input());
        assertFalse(network.taps().isEmpty(), "no taps");
        network.taps().keySet().forEach(tap -> assertTrue(network.shapeAt(tap).size() > 0));
    }

    @Test
    final void theHeadSeesAFeatureAndItsParametersHaveNamesOfTheirOwn() {
        var network = create().network(input());
        assertTrue(network.featureCount() > 0);
        var names = network.parameters().stream().map(parameter -> parameter.name());
        var head = network.headParameters(3).stream().map(parameter -> parameter.name());
        var all = Stream.concat(names, head).toList();
        assertEquals(all.size(), all.stream().distinct().count(), "names come twice in " + all);
    }

    @Test
    final void firstValuesAreFinite() {
        for (var parameter : create().network(input()).parameters()) {
            assertTrue(Double.isFinite(parameter.initial()), parameter.toString());
        }
    }

    @Test
    final void inputsThatItCannotTakeAreConfigErrors() {
        for (var shape : List.of(
                TensorShape.vector(1),
                TensorShape.vector(3),
                TensorShape.vector(7),
                TensorShape.image(1),
                TensorShape.image(2),
                TensorShape.image(17),
                new TensorShape(1, 64, 64),
                new TensorShape(3, 64, 65),
                new TensorShape(4, 9, 9))) {
            accepted(create(), shape).ifPresent(network -> assertEquals(shape, network.input()));
        }
    }

    @Test
    final void anImageThatIsTooSmallIsToldTheSmallestSide() {
        var backbone = create();
        var smallest = smallestSide(backbone);
        assumeTrue(smallest.isPresent(), "no images are taken");
        assumeTrue(smallest.getAsInt() > 2, "no image is too small"); // one pixel is a vector, too
        var side = Integer.toString(smallest.getAsInt());
        try {
            backbone.network(TensorShape.image(smallest.getAsInt() - 1));
        } catch (UadException e) {
            assertTrue(
                    Pattern.compile("\\b" + side + "\\b").matcher(e.toString()).find(), e + " does not name " + side);
        }
    }

    private static OptionalInt smallestSide(Backbone backbone) {
        return IntStream.rangeClosed(2, LARGEST_SIDE)
                .filter(side -> accepted(backbone, TensorShape.image(side)).isPresent())
                .findFirst();
    }
}
