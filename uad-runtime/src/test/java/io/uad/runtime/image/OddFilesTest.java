package io.uad.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.image.Image;
import java.io.IOException;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real files of every kind, and broken ones. */
class OddFilesTest {
    /** Size and CRC-32 of the bytes as Pillow 12.3's {@code convert("RGB")} gives them. */
    @ParameterizedTest
    @CsvSource({
        "broken/exif_typeerror.jpg,800,531,1120962090",
        "broken/invalid-exif.jpg,200,200,308297651",
        "broken/jpeg_ff00_header.jpg,300,225,955942916",
        "exif_orientation/orientation_rectangle.jpg,2,1,553682704",
        "modes/1x1_l.png,1,1,3360676345",
        "modes/200x32_la.png,200,32,1814599347",
        "modes/200x32_p.png,200,32,2103822631",
        "modes/200x32_rgba.png,200,32,3366545324",
        "modes/flower.jpg,480,360,2076252436",
        "modes/hopper.jpg,128,128,2586390078",
        "modes/hopper.png,128,128,3695114063",
        "modes/hopper_16bit_qtables.jpg,128,128,769098812",
        "modes/hopper_gray.jpg,128,128,2062655029",
        "modes/mode_palette_alpha.png,128,64,1045561026",
        "modes/p_trns_single.png,64,64,565189067",
        "modes/pil_sample_cmyk.jpg,100,100,2976273037",
        "modes/pil_sample_rgb.jpg,100,100,734708491",
        "modes/tiny.png,4,4,829221697",
        "webp_gif_tiff/hopper.bmp,128,128,3695114063",
        "webp_gif_tiff/hopper.gif,128,128,822401838",
        "webp_gif_tiff/tiff_strip_cmyk_jpeg.tif,100,100,3736638602"
    })
    void decodesToTheBytesOfPillow(String file, int width, int height, long crc) throws IOException {
        var image = new ImageDecoder(false).decode(bytes(file));
        assertEquals(width + "x" + height, image.width() + "x" + image.height());
        assertEquals(crc, crc(image));
    }

    /** The reason is what the user reads. */
    @ParameterizedTest
    @CsvSource({
        "broken/broken.png,'claims to be 97293039x1048810005 pixels, more than 178956970'",
        "broken/cut_at_4000_bytes.jpg,JPEG data cut short",
        "broken/truncated_jpeg.jpg,JPEG data cut short",
        "modes/ultrahdr.jpg,JPEG data cut short",
        "broken/truncated_image.png,PNG data cut short",
        "broken/empty.jpg,the file is empty",
        "broken/text.jpg,'no image: the file does not begin like JPEG, PNG, GIF, BMP, WebP or TIFF'",
        "webp_gif_tiff/zero_width.gif,an image of 0x1321 pixels"
    })
    void refusesWithOneSentence(String file, String reason) throws IOException {
        var bytes = bytes(file);
        var error = assertThrows(IOException.class, () -> new ImageDecoder(false).decode(bytes));
        assertEquals(reason, error.getMessage());
    }

    @Test
    void sixteenBitsAreScaledAndNotClipped() throws IOException {
        // Little-endian and uncompressed; the pixels are the end of the file.
        var bytes = bytes("webp_gif_tiff/16bit.cropped.tif");
        var image = new ImageDecoder(false).decode(bytes);
        var from = bytes.length - 64 * 64 * 2;
        for (var i = 0; i < 64 * 64; i++) {
            var sample = (bytes[from + 2 * i] & 0xFF) | ((bytes[from + 2 * i + 1] & 0xFF) << 8);
            assertEquals(Math.round(sample / 257.0), image.rgb()[3 * i] & 0xFF, "sample " + sample);
        }
    }

    @Test
    void lossyWebpIsWithinAFewLevels() throws IOException {
        // Its reader does not smooth chroma as libwebp does: means of Pillow's decode, which differ by less than one
        // level.
        var image = new ImageDecoder(false).decode(bytes("webp_gif_tiff/flower.webp"));
        var mean = new double[3];
        for (var i = 0; i < image.rgb().length; i++) {
            mean[i % 3] += (image.rgb()[i] & 0xFF) * 3.0 / image.rgb().length;
        }
        assertArrayEquals(new double[] {119.42, 132.08, 94.30}, mean, 1);
    }

    @ParameterizedTest
    @CsvSource({"Landscape_3,Landscape_1", "Landscape_6,Landscape_1", "Landscape_8,Landscape_1", "Portrait_6,Portrait_1"
    })
    void anImageTurnedByItsTagShowsWhatTheUprightOneShows(String turned, String upright) throws IOException {
        var decoder = new ImageDecoder(true);
        var expected = decoder.decode(bytes("exif_orientation/" + upright + ".jpg"));
        var actual = decoder.decode(bytes("exif_orientation/" + turned + ".jpg"));
        assertEquals(expected.width() + "x" + expected.height(), actual.width() + "x" + actual.height());
        var difference = 0.0;
        for (var i = 0; i < expected.rgb().length; i++) {
            difference += Math.abs((expected.rgb()[i] & 0xFF) - (actual.rgb()[i] & 0xFF));
        }
        // Both were compressed on their own; another turn differs by tens of levels.
        assertTrue(difference / expected.rgb().length < 6, "mean difference " + difference / expected.rgb().length);
    }

    private static byte[] bytes(String file) throws IOException {
        return GoldenPictures.read("odd/" + file);
    }

    private static long crc(Image image) {
        var crc = new CRC32();
        crc.update(image.rgb());
        return crc.getValue();
    }
}
