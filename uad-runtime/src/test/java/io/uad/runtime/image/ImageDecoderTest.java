package io.uad.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.image.Image;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are written here, so that every layout of samples is met. */
class ImageDecoderTest {
    private static final ImageDecoder DECODER = new ImageDecoder(false);
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "tiff"})
    void losslessKindsGiveBackTheirPixels(String kind) throws IOException {
        var picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        int[] colors = {0x102030, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF, 0x807060};
        picture.setRGB(0, 0, 3, 2, colors, 0, 3);
        var image = DECODER.decode(write(kind.equals("gif") ? indexed(colors) : picture, kind));
        for (var i = 0; i < colors.length; i++) {
            assertEquals(colors[i], color(image, i), "pixel " + i);
        }
    }

    @Test
    void alphaIsDroppedAndNotBlended() throws IOException {
        var picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0x00112233);
        picture.setRGB(1, 0, 0x80445566);
        var image = DECODER.decode(write(picture, "png"));
        assertEquals(0x112233, color(image, 0));
        assertEquals(0x445566, color(image, 1));
    }

    @Test
    void grayWithAlphaIsGray() throws IOException {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        var raster = model.createCompatibleWritableRaster(2, 1);
        raster.setPixels(0, 0, 2, 1, new int[] {77, 0, 200, 128});
        var image = DECODER.decode(write(new BufferedImage(model, raster, false, null), "png"));
        assertEquals(0x4D4D4D, color(image, 0));
        assertEquals(0xC8C8C8, color(image, 1));
    }

    @Test
    void sixteenBitGrayIsDividedBy257AndRounded() throws IOException {
        var picture = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
        picture.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 128, 129, 65535}); // 128 / 257 = 0.498
        var image = DECODER.decode(write(picture, "png"));
        assertArrayEquals(
                new int[] {0, 0, 0x010101, 0xFFFFFF},
                new int[] {color(image, 0), color(image, 1), color(image, 2), color(image, 3)});
    }

    @Test
    void bitsBecomeBlackAndWhite() throws IOException {
        var picture = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        picture.setRGB(1, 0, 0xFFFFFF);
        var image = DECODER.decode(write(picture, "png"));
        assertEquals(0, color(image, 0));
        assertEquals(0xFFFFFF, color(image, 1));
    }

    @Test
    void theFrameOfAGifLiesOnItsScreen() throws IOException {
        int[] colors = {0x102030, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF, 0x807060};
        var file = write(indexed(colors), "gif");
        file[6] = 5; // the screen becomes 5 x 4
        file[8] = 4;
        var frame = 13 + 3 * (2 << (file[10] & 7));
        while (file[frame] != 0x2C) { // skip the graphic control extension
            frame += 8;
        }
        file[frame + 1] = 1;
        file[frame + 3] = 2;
        var image = DECODER.decode(file);
        assertEquals("5x4", image.width() + "x" + image.height());
        assertEquals(colors[0], color(image, 0), "free: the palette's first color");
        assertEquals(colors[0], color(image, 2 * 5 + 1));
        assertEquals(colors[1], color(image, 2 * 5 + 2));
        assertEquals(colors[5], color(image, 3 * 5 + 3));
    }

    @Test
    void metadataOfAJpegDoNotChangeItsPixels() throws IOException {
        var plain = write(quadrants(32), "jpg");
        var expected = DECODER.decode(plain).rgb();
        var brokenProfile = "ICC_PROFILE\0\1\1 no profile at all".getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(
                expected, DECODER.decode(insert(plain, APP2, brokenProfile)).rgb());
        var brokenExif = "Exif\0\0 nor is this".getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(
                expected,
                new ImageDecoder(true).decode(insert(plain, APP1, brokenExif)).rgb());
        assertArrayEquals(expected, DECODER.decode(withoutJfif(plain)).rgb(), "unmarked means YCbCr, as in libjpeg");
        var trailing = Arrays.copyOf(plain, plain.length + 1000);
        assertArrayEquals(expected, DECODER.decode(trailing).rgb());
    }

    @Test
    void aJpegThatWasCutIsRefusedWhereverItWasCut() throws IOException {
        var file = write(quadrants(64), "jpg");
        for (var length = 4; length < file.length; length += 1 + length / 20) {
            var cut = Arrays.copyOf(file, length);
            var error = assertThrows(IOException.class, () -> DECODER.decode(cut), "cut at " + length);
            assertEquals("JPEG data cut short", error.getMessage());
        }
    }

    @Test
    void aJpegWhoseDataStopBeforeItsEndMarkerIsRefusedToo() throws IOException {
        var file = write(quadrants(256), "jpg");
        var cut = Arrays.copyOf(file, file.length - 200);
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;
        var error = assertThrows(IOException.class, () -> DECODER.decode(cut));
        assertEquals("JPEG data cut short", error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "tiff"})
    void otherKindsThatWereCutAreRefused(String kind) throws IOException {
        var file = write(kind.equals("gif") ? indexed(new int[4096]) : quadrants(64), kind);
        var cut = Arrays.copyOf(file, file.length * 2 / 3);
        assertThrows(IOException.class, () -> DECODER.decode(cut));
    }

    @Test
    void noiseAfterAKnownBeginningIsRefusedAndNothingElse() {
        for (var magic : new String[] {"ffd8ff", "89504e470d0a1a0a", "474946383961", "424d", "52494646", "49492a00"}) {
            for (var length = 0; length < 200; length += 7) {
                var file = Arrays.copyOf(HexFormat.of().parseHex(magic), magic.length() / 2 + length);
                for (var i = magic.length() / 2; i < file.length; i++) {
                    file[i] = (byte) (i * 167 + length);
                }
                assertThrows(IOException.class, () -> DECODER.decode(file));
            }
        }
    }

    @Test
    void aSizeThatNoMemoryHoldsIsRefusedFromTheHeader() throws IOException {
        var jpeg = write(quadrants(16), "jpg");
        var frame = 0;
        while (jpeg[frame] != (byte) 0xFF || jpeg[frame + 1] != (byte) 0xC0) {
            frame++;
        }
        Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xFF);
        var error = assertThrows(IOException.class, () -> DECODER.decode(jpeg));
        assertEquals("claims to be 65535x65535 pixels, more than 178956970", error.getMessage());
    }

    /** Corners of the stored image from top left to bottom right are A B C D. */
    @ParameterizedTest
    @CsvSource({"1,ABCD", "2,BADC", "3,DCBA", "4,CDAB", "5,ACBD", "6,CADB", "7,DBCA", "8,BDAC", "9,ABCD"})
    void eachOrientationIsAppliedIfAsked(int tag, String corners) throws IOException {
        var file = turned(write(quadrants(32), "jpg"), tag);
        var image = new ImageDecoder(true).decode(file);
        var turned = tag >= 5 && tag <= 8;
        assertEquals(turned ? "16x32" : "32x16", image.width() + "x" + image.height());
        var found = new StringBuilder();
        for (var y = 0; y < 2; y++) {
            for (var x = 0; x < 2; x++) {
                var at = (y * (image.height() - 1) * image.width() + x * (image.width() - 1)) * 3;
                found.append((char) ('A' + Math.round((image.rgb()[at] & 0xFF) / 80.0)));
            }
        }
        assertEquals(corners, found.toString());
        assertEquals(32, DECODER.decode(file).width(), "not asked");
    }

    private static int color(Image image, int pixel) {
        var rgb = image.rgb();
        return ((rgb[3 * pixel] & 0xFF) << 16) | ((rgb[3 * pixel + 1] & 0xFF) << 8) | (rgb[3 * pixel + 2] & 0xFF);
    }

    /** Twice as wide as high, with a gray of 0, 80, 160 and 240 in its quarters. */
    private static BufferedImage quadrants(int width) {
        var picture = new BufferedImage(width, width / 2, BufferedImage.TYPE_INT_RGB);
        for (var y = 0; y < width / 2; y++) {
            for (var x = 0; x < width; x++) {
                var gray = 80 * ((x < width / 2 ? 0 : 1) + (y < width / 4 ? 0 : 2));
                picture.setRGB(x, y, gray * 0x010101);
            }
        }
        return picture;
    }

    /** A palette image, three pixels wide, whose pixel i has colour i of a palette of at most 256. */
    private static BufferedImage indexed(int[] colors) {
        var palette = new int[8];
        System.arraycopy(colors, 0, palette, 0, Math.min(8, colors.length));
        var model = new IndexColorModel(3, 8, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        var picture = new BufferedImage(3, colors.length / 3, BufferedImage.TYPE_BYTE_INDEXED, model);
        for (var i = 0; i < colors.length / 3 * 3; i++) {
            picture.getRaster().setSample(i % 3, i / 3, 0, colors.length > 8 ? i * 7 % 5 : i);
        }
        return picture;
    }

    static byte[] write(BufferedImage picture, String kind) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName(kind).next();
        var how = writer.getDefaultWriteParam();
        if (how.canWriteProgressive()) { // the JDK misreads interlaced GIFs of fewer than five rows
            how.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
        }
        var out = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A JPEG that says how the camera was held. */
    static byte[] turned(byte[] jpeg, int tag) {
        // Big-endian TIFF header, one entry: tag 0x0112, type 3 (16 bits), count 1, value; no further directory.
        var exif =
                "457869660000" + "4d4d002a00000008" + "0001" + "0112000300000001000%d0000".formatted(tag) + "00000000";
        return insert(jpeg, APP1, HexFormat.of().parseHex(exif));
    }

    /** A JPEG with a segment more, behind SOI. */
    private static byte[] insert(byte[] jpeg, int marker, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(0xFF);
        out.write(marker);
        out.write((content.length + 2) >> 8);
        out.write(content.length + 2);
        out.writeBytes(content);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] withoutJfif(byte[] jpeg) {
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        var length = 2 + (((jpeg[4] & 0xFF) << 8) | (jpeg[5] & 0xFF));
        out.write(jpeg, 2 + length, jpeg.length - 2 - length);
        return out.toByteArray();
    }
}
