package io.uad.cli.quickstart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.cli.quickstart.SyntheticImages.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticImagesTest {
    @TempDir
    Path folder;

    @Test
    void setHasAFolderPerClassAndTheStatedNumberOfPictures() throws IOException {
        SyntheticImages.write(folder, new Settings(72, 2, 1, 1));
        for (var part : List.of("train", "val")) {
            var classes = names(folder.resolve(part));
            assertEquals(SyntheticImages.CLASS_NAMES, classes);
            for (var name : classes) {
                assertEquals(
                        part.equals("train") ? List.of("0000.jpg", "0001.jpg") : List.of("0000.jpg"),
                        names(folder.resolve(part).resolve(name)));
            }
        }
        var picture = ImageIO.read(folder.resolve("val/stripes-cross/0000.jpg").toFile());
        assertEquals(72, picture.getWidth());
        assertEquals(72, picture.getHeight());
    }

    @Test
    void sameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        SyntheticImages.write(folder.resolve("a"), new Settings(60, 2, 1, 7));
        SyntheticImages.write(folder.resolve("b"), new Settings(60, 2, 1, 7));
        SyntheticImages.write(folder.resolve("c"), new Settings(60, 2, 1, 8));
        for (var name : List.of("train/dots-disc/0001.jpg", "val/zigzag-triangle/0000.jpg")) {
            var bytes = Files.readAllBytes(folder.resolve("a").resolve(name));
            assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("b").resolve(name)));
            assertFalse(
                    Arrays.equals(bytes, Files.readAllBytes(folder.resolve("c").resolve(name))));
        }
    }

    @Test
    void pictureDoesNotDependOnHowManyThereAre() throws IOException {
        SyntheticImages.write(folder.resolve("few"), new Settings(60, 1, 0, 7));
        SyntheticImages.write(folder.resolve("more"), new Settings(60, 2, 1, 7));
        var name = "train/rings-star/0000.jpg";
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("few").resolve(name)),
                Files.readAllBytes(folder.resolve("more").resolve(name)));
    }

    @Test
    void meanColourHardlyTellsTheClass() throws IOException {
        SyntheticImages.write(folder, new Settings(48, 40, 20, 3));
        var means = new ArrayList<double[]>();
        for (var name : SyntheticImages.CLASS_NAMES) {
            means.add(mean(colours(folder.resolve("train").resolve(name))));
        }
        var right = 0;
        for (var label = 0; label < means.size(); label++) {
            for (var colour : colours(folder.resolve("val").resolve(SyntheticImages.CLASS_NAMES.get(label)))) {
                right += nearest(means, colour) == label ? 1 : 0;
            }
        }
        // Chance is 20 of 200, with a standard deviation of 4.2.
        assertTrue(right < 50, right + " of 200 by mean colour");
    }

    @Test
    void folderThatIsAFileIsAResourceError() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        var error = assertThrows(UadException.class, () -> SyntheticImages.write(file, new Settings(60, 1, 1, 1)));
        assertEquals(ErrorKind.RESOURCE, error.kind());
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Settings(31, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Settings(1025, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Settings(60, -1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Settings(60, 1, -1, 1));
    }

    private static int nearest(List<double[]> means, double[] colour) {
        var best = 0;
        for (var i = 1; i < means.size(); i++) {
            if (squaredDistance(means.get(i), colour) < squaredDistance(means.get(best), colour)) {
                best = i;
            }
        }
        return best;
    }

    private static double squaredDistance(double[] a, double[] b) {
        var sum = 0.0;
        for (var i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static double[] mean(List<double[]> colours) {
        var mean = new double[3];
        for (var colour : colours) {
            for (var i = 0; i < 3; i++) {
                mean[i] += colour[i] / colours.size();
            }
        }
        return mean;
    }

    private static List<double[]> colours(Path ofClass) throws IOException {
        var colours = new ArrayList<double[]>();
        for (var name : names(ofClass)) {
            var picture = ImageIO.read(ofClass.resolve(name).toFile());
            var pixels = new ArrayList<double[]>();
            for (var rgb : picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth())) {
                pixels.add(new double[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255});
            }
            colours.add(mean(pixels));
        }
        return colours;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
