package io.uad.plugin.decoder.leptonica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Options;
import io.uad.api.image.DecoderProvider;
import io.uad.api.image.Image;
import io.uad.api.image.Resampler;
import io.uad.api.image.ScaledDecoder;
import io.uad.api.image.View;
import io.uad.testkit.contract.ResidentMemory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LeptonicaDecoderTest {
    private static final Photo PHOTO = new Photo(1601, 1203);

    private static ScaledDecoder decoder() {
        return new LeptonicaProvider().create(Options.of(new LeptonicaOptions(2)));
    }

    private static double meanDifference(Image one, Image other) {
        assertEquals(one.rgb().length, other.rgb().length);
        var sum = 0L;
        for (var at = 0; at < one.rgb().length; at++) {
            sum += Math.abs((one.rgb()[at] & 0xFF) - (other.rgb()[at] & 0xFF));
        }
        return (double) sum / one.rgb().length;
    }

    private static double difference(byte[] jpeg, int side, int reduction) throws IOException {
        // As the network sees it, with edges that lie between the reduced pixels.
        var view = new View(3, 5, 1590, 1190, side, side, false, 0, 0, side);
        var exact = Resampler.apply(Photo.decoded(jpeg), view);
        var reduced =
                decoder().decode(jpeg, PHOTO.width(), PHOTO.height(), reduction).orElseThrow();
        return meanDifference(exact, Resampler.apply(reduced, view, reduction));
    }

    @Test
    void whatIsReducedAndResizedIsCloseToWhatIsDecodedInFull() throws IOException {
        var jpeg = Photo.jpeg(PHOTO.picture(), false);
        for (var reduction : new int[] {2, 4, 8}) {
            // Twice as many pixels as needed are left, the least that a gap of 2 allows. Found: 0.32, 0.35 and 0.58.
            var difference = difference(jpeg, 1190 / (2 * reduction), reduction);
            assertTrue(difference < 0.8, "at 1/" + reduction + " " + difference + " of 255");
        }
    }

    @Test
    void progressiveFilesAreReducedAlike() throws IOException {
        var picture = PHOTO.picture();
        var baseline = decoder().decode(Photo.jpeg(picture, false), PHOTO.width(), PHOTO.height(), 4);
        var progressive = decoder().decode(Photo.jpeg(picture, true), PHOTO.width(), PHOTO.height(), 4);
        assertArrayEquals(
                baseline.orElseThrow().rgb(), progressive.orElseThrow().rgb());
    }

    @Test
    void aFileOfAnotherSizeThanWasSaidIsDeclined() throws IOException {
        var jpeg = Photo.jpeg(new Photo(64, 48).picture(), false);
        assertEquals(Optional.empty(), decoder().decode(jpeg, 65, 48, 8));
        assertTrue(decoder().decode(jpeg, 64, 48, 8).isPresent());
    }

    @Test
    void channelsAreInTheirOrder() throws IOException {
        var picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (var at = 0; at < 256; at++) {
            picture.setRGB(at % 16, at / 16, 0xE07020);
        }
        var rgb = decoder()
                .decode(Photo.jpeg(picture, false), 16, 16, 8)
                .orElseThrow()
                .rgb();
        assertEquals(0xE0, rgb[0] & 0xFF, 2); // what the file loses
        assertEquals(0x70, rgb[1] & 0xFF, 2);
        assertEquals(0x20, rgb[2] & 0xFF, 2);
    }

    @Test
    void twoHundredDecodesTakeNoMoreMemoryThanFifty() throws IOException {
        var photo = new Photo(1200, 800);
        var jpeg = Photo.jpeg(photo.picture(), false);
        var decoder = decoder();
        // A picture at 1/2 takes 1 MiB: kept, 200 would be as many.
        ResidentMemory.assertFlat(40, step -> {
            assertTrue(decoder.decode(jpeg, photo.width(), photo.height(), 2).isPresent());
        });
    }

    @Test
    void theProviderIsFound() {
        var found = ServiceLoader.load(DecoderProvider.class).stream()
                .filter(provider -> provider.type() == LeptonicaProvider.class)
                .count();
        assertEquals(1, found);
    }
}
