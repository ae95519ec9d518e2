package io.uad.plugin.dataset.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void pack() throws IOException {
        file = Packs.write(folder.resolve("p.uadpack"));
    }

    @Test
    void pixelsAndFilesComeBackAsTheyWerePacked() throws IOException {
        var dataset = Packs.open(file);
        assertEquals(3, dataset.size());
        var image = assertInstanceOf(Content.Decoded.class, dataset.read(2)).image();
        assertEquals(3, image.width());
        assertEquals(7, image.height());
        assertArrayEquals(Packs.noise(3, 7, 2).rgb(), image.rgb());
        var encoded = assertInstanceOf(Content.Encoded.class, dataset.read(1));
        assertArrayEquals(new byte[] {1, 2, 3, 4}, encoded.bytes());
    }

    @Test
    void namesLabelsClassesAndTheirOriginAreKept() {
        var dataset = Packs.open(file);
        assertEquals(new Sample("cat/a.png", 0), dataset.sample(0));
        assertEquals(new Sample("dög/b.jpg", 1), dataset.sample(1));
        assertEquals(new Sample("c.png", -1), dataset.sample(2));
        assertEquals(Packs.CLASSES, dataset.summary().classes());
        assertEquals(
                "{short-side=4, original=elsewhere, original-fingerprint=sha256:of the original, left-out=1,"
                        + " compared-with-original=never, as it is no copy of all image files of a folder}",
                dataset.summary().details().toString());
    }

    @Test
    void theFingerprintIsThatOfContentNotOfPlace() throws IOException {
        var one = fingerprint(file);
        var moved = Packs.write(folder.resolve("moved.uadpack"), "other place", Packs.noise(5, 4, 1));
        assertEquals(one, fingerprint(moved));
        assertNotEquals(one, fingerprint(Packs.write(moved, "elsewhere", Packs.noise(5, 4, 9))));
        assertNotEquals(one, fingerprint(Packs.write(moved, "elsewhere", Packs.noise(4, 5, 1))));
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        var whole = Files.readAllBytes(file);
        for (var length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused(file, length < PackFormat.HEADER_BYTES ? "is no packed file" : "is cut short: it has " + length);
        }
        refused(Files.write(file, Arrays.copyOf(whole, whole.length + 1)), "does not end as a packed file does");
        var middle = whole.length / 2;
        var gap = new byte[whole.length - 9];
        System.arraycopy(whole, 0, gap, 0, middle);
        System.arraycopy(whole, middle + 9, gap, middle, gap.length - middle);
        refused(Files.write(file, gap), "which is not what its end says");
    }

    @Test
    void everyByteCounts() throws IOException {
        var whole = Files.readAllBytes(file);
        for (var at = 0; at < whole.length; at++) {
            var changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(file, changed);
            assertTrue(unreadable() > 0, "byte " + at + " of " + whole.length);
        }
    }

    /** How many images cannot be read; all of them if the file is refused. */
    private int unreadable() {
        Dataset dataset;
        try {
            dataset = Packs.open(file);
        } catch (UadException e) {
            assertEquals(ErrorKind.DATA, e.kind());
            return 3;
        }
        var count = 0;
        for (var index = 0; index < dataset.size(); index++) {
            try {
                dataset.read(index);
            } catch (IOException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("have changed: checksum"), e.toString());
                count++;
            }
        }
        assertTrue(count <= 1, "one byte belongs to one image");
        return count;
    }

    @Test
    void anotherVersionIsNamed() throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[PackFormat.VERSION_AT] = 7;
        refused(Files.write(file, bytes), "has version 7", "expected version 1", "Pack the images again");
    }

    @Test
    void whatIsNoPackedFileIsRefusedInWords() throws IOException {
        refused(folder.resolve("none.uadpack"), "dataset.path: there is no file", "Correct the path");
        refused(folder, "is a folder", "image-folder", "uad dataset pack");
        refused(Files.write(file, new byte[0]), "is no packed file, it is empty");
        refused(Files.writeString(file, "PK and more of an archive"), "is no packed file", "uad dataset pack");
    }

    @Test
    void aChangedOriginalIsNamed() throws IOException {
        var images = folder.resolve("images");
        Files.createDirectories(images.resolve("deep"));
        for (var name : List.of("a.png", "b.PNG", "broken.jpg", "deep/c.jpg", "notes.txt")) {
            Files.writeString(images.resolve(name), "the bytes of " + name);
        }
        Packs.ofFolder(file, images);
        assertEquals(3, Packs.open(file).size());
        assertFalse(Packs.open(file).summary().details().containsKey("compared-with-original"));
        Files.writeString(images.resolve("more.txt"), "no image");
        Packs.open(file);

        Files.writeString(images.resolve("deep/new.webp"), "x");
        refused(file, "1 new (deep/new.webp)", images.toString(), "dataset.check=never");
        Files.delete(images.resolve("deep/new.webp"));
        Files.writeString(images.resolve("b.PNG"), "longer than it was, by far");
        Files.writeString(images.resolve("deep/c.jpg"), "the bytes of deep/C.jpg"); // as long as before
        refused(file, "has changed since it was packed: 2 changed (b.PNG, deep/c.jpg)");
        Files.delete(images.resolve("a.png"));
        Files.delete(images.resolve("broken.jpg"));
        refused(file, "2 gone (a.png, broken.jpg); 2 changed");
        for (var i = 0; i < 5; i++) {
            Files.writeString(images.resolve("n" + i + ".gif"), "");
        }
        refused(file, "5 new (n0.gif, n1.gif, n2.gif, ...)");

        var unchecked = Packed.open(new PackedOptions(file.toString(), PackedOptions.Check.NEVER));
        assertEquals("a.png", unchecked.sample(0).path());
        Files.move(images, folder.resolve("elsewhere"));
        assertEquals(3, Packs.open(file).size(), "on a machine without the original");
    }

    @Test
    void theEndsOf512FilesAreReadWhateverTheirNumber() {
        for (var entries : new int[] {1, 511, 512, 513, 1023, 1024, 1025, 1_000_000}) {
            var read = IntStream.range(0, entries)
                    .filter(index -> Original.hasTail(index, entries))
                    .count();
            assertEquals(Math.min(512, entries), read, entries + " files");
        }
    }

    @Test
    void theEndOfOneAmongManyFilesIsReadByWriterAndReaderAlike() throws IOException {
        var images = Files.createDirectory(folder.resolve("images"));
        for (var i = 0; i < 700; i++) {
            Files.writeString(images.resolve(i == 5 ? "broken.png" : 1000 + i + ".png"), "a");
        }
        assertEquals(699, Packs.open(Packs.ofFolder(file, images)).size());
        Files.writeString(images.resolve("1000.png"), "b"); // the first one is always among them
        refused(file, "1 changed (1000.png)");
    }

    @Test
    void aCopyOfSomeFilesOfAFolderIsNotComparedWithAll() throws IOException {
        var images = Files.createDirectory(folder.resolve("images"));
        Files.writeString(images.resolve("other.png"), "x");
        assertEquals(
                3,
                Packs.open(Packs.write(file, images.toString(), Packs.noise(1, 1, 1)))
                        .size());
    }

    @Test
    void theProviderIsFoundByItsName() {
        var provider = ServiceLoader.load(DatasetProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("packed"))
                .findFirst()
                .orElseThrow();
        var options = new PackedOptions(file.toString(), PackedOptions.Check.ORIGINAL);
        assertEquals(3, provider.create(Options.of(options)).size());
    }

    private static String fingerprint(Path file) {
        return Packs.open(file).summary().fingerprint();
    }

    private static void refused(Path file, String... parts) {
        var error = assertThrows(UadException.class, () -> Packs.open(file));
        assertEquals(ErrorKind.DATA, error.kind());
        for (var part : parts) {
            assertTrue(error.toString().contains(part), () -> "'" + part + "' is not in: " + error);
        }
    }
}
