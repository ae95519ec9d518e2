package io.uad.cli.quickstart;

import io.uad.api.Seed;
import io.uad.runtime.checkpoint.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes a small labelled image set: ten classes of textured figures.
 *
 * <p>Each class has a texture of its own, and each of five figures occurs in two classes, so texture and shape tell the
 * class together and apart; colour, size, place, rotation and background tell nothing. Every picture is a function of the
 * seed, its class and its number.
 */
public final class SyntheticImages {
    private static final float QUALITY = 0.9f;

    /** In name order, which is the order of labels. */
    private static final List<Kind> KINDS = List.of(
            new Kind(Texture.BRICKS, Figure.DISC),
            new Kind(Texture.CHECKER, Figure.SQUARE),
            new Kind(Texture.DASHES, Figure.TRIANGLE),
            new Kind(Texture.DOTS, Figure.DISC),
            new Kind(Texture.GRID, Figure.CROSS),
            new Kind(Texture.RINGS, Figure.STAR),
            new Kind(Texture.SPOKES, Figure.SQUARE),
            new Kind(Texture.STRIPES, Figure.CROSS),
            new Kind(Texture.WAVES, Figure.STAR),
            new Kind(Texture.ZIGZAG, Figure.TRIANGLE));

    /** The classes' folder names in label order. */
    public static final List<String> CLASS_NAMES =
            KINDS.stream().map(Kind::name).toList();

    private record Kind(Texture texture, Figure figure) {
        String name() {
            return (texture + "-" + figure).toLowerCase(Locale.ROOT);
        }
    }

    private SyntheticImages() {}

    /**
     * What to make.
     *
     * @param side width and height in pixels, 32 to 1024
     * @param trainPerClass images per class in {@code train/}, 0 or more
     * @param valPerClass images per class in {@code val/}, 0 or more
     * @param seed any
     */
    public record Settings(int side, int trainPerClass, int valPerClass, long seed) {
        public Settings {
            if (side < 32 || side > 1024) {
                throw new IllegalArgumentException("side must lie in 32..1024, was " + side);
            }
            if (trainPerClass < 0 || valPerClass < 0) {
                throw new IllegalArgumentException(
                        "images per class must be 0 or more, were " + trainPerClass + " and " + valPerClass);
            }
        }
    }

    /**
     * Writes {@code train/CLASS/0000.jpg} ... and {@code val/CLASS/0000.jpg} ...
     *
     * @param folder made if missing; pictures of the same name are replaced, others stay
     * @throws io.uad.api.UadException if a file cannot be written
     */
    public static void write(Path folder, Settings settings) {
        var seed = new Seed(settings.seed());
        writePart(
                folder.resolve("train"),
                seed.derive("train"),
                settings.side(),
                settings.trainPerClass() * KINDS.size());
        writePart(folder.resolve("val"), seed.derive("val"), settings.side(), settings.valPerClass() * KINDS.size());
    }

    /**
     * Writes {@code CLASS/0000.jpg} ..., that many in all, with classes of equal size or one more.
     *
     * @param folder made if missing
     * @param side width and height in pixels, 32 to 1024
     * @throws io.uad.api.UadException if a file cannot be written
     */
    public static void write(Path folder, int side, int count, long seed) {
        writePart(folder, new Seed(seed), side, count);
    }

    private static void writePart(Path folder, Seed seed, int side, int count) {
        for (var number = 0; number < KINDS.size(); number++) {
            var kind = KINDS.get(number);
            var perClass = (count + KINDS.size() - 1 - number) / KINDS.size();
            var ofClass = folder.resolve(kind.name());
            var seedOfClass = seed.derive(kind.name());
            try {
                Files.createDirectories(ofClass);
                for (var i = 0; i < perClass; i++) {
                    var picture = Picture.draw(kind.figure, kind.texture, side, seedOfClass.derive(i));
                    Files.write(ofClass.resolve(String.format(Locale.ROOT, "%04d.jpg", i)), jpeg(picture));
                }
            } catch (IOException e) {
                throw AtomicFile.failure(ofClass, 0, e);
            }
        }
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            var parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
