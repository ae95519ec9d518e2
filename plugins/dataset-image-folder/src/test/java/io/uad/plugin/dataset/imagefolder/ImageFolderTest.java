package io.uad.plugin.dataset.imagefolder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temp.resolve("root"));
    }

    @Test
    void isRegisteredAsAService() {
        var names = ServiceLoader.load(DatasetProvider.class).stream()
                .map(provider -> provider.get().name())
                .toList();
        assertEquals(List.of("image-folder"), names);
    }

    @Test
    void aFlatFolderHasNoClasses() throws IOException {
        write("b.png", "a.jpg");
        var dataset = open();
        assertEquals(List.of(new Sample("a.jpg", -1), new Sample("b.png", -1)), samples(dataset));
        assertEquals(List.of(), dataset.summary().classes());
    }

    @Test
    void theFirstFolderIsTheClassHoweverDeepTheFileLies() throws IOException {
        write("dog/2.jpg", "cat/old/1.jpg", "cat/0.jpg", "loose.jpg");
        var dataset = open();
        assertEquals(List.of("cat", "dog"), dataset.summary().classes());
        assertEquals(
                List.of(
                        new Sample("cat/0.jpg", 0),
                        new Sample("cat/old/1.jpg", 0),
                        new Sample("dog/2.jpg", 1),
                        new Sample("loose.jpg", -1)),
                samples(dataset));
    }

    @Test
    void namesAreComparedSegmentBySegmentAndByCodeUnit() throws IOException {
        // '!' and '-' sort before '/', digits by character, upper case before lower case, accents last.
        write("a/1.jpg", "a-b/1.jpg", "a!/1.jpg", "a/10.jpg", "a/9.jpg", "a/B.jpg", "a/b.jpg", "a/\u00e9.jpg");
        assertEquals(
                List.of(
                        "a/1.jpg",
                        "a/10.jpg",
                        "a/9.jpg",
                        "a/B.jpg",
                        "a/b.jpg",
                        "a/\u00e9.jpg",
                        "a!/1.jpg",
                        "a-b/1.jpg"),
                samples(open()).stream().map(Sample::path).toList());
    }

    @Test
    void extensionsCountInAnyCaseAndHiddenFilesNotAtAll() throws IOException {
        write("a.JPG", "b.Jpeg", "c.PNG", "d.bmp", "e.gif", "f.webp", "g.tif", "h.TIFF");
        write("notes.txt", "jpg", ".hidden.jpg", ".DS_Store", ".cache/i.jpg", "noextension");
        write("class/labels.csv");
        var dataset = open();
        assertEquals(8, dataset.size());
        assertEquals(4, dataset.summary().ignoredFiles());
    }

    @Test
    void readingGivesTheFilesBytes() throws IOException {
        write("a.jpg", "b.jpg");
        var content = open().read(1);
        assertArrayEquals(
                "b.jpg".getBytes(StandardCharsets.UTF_8),
                assertInstanceOf(Content.Encoded.class, content).bytes());
    }

    @Test
    void linkedFoldersAreFollowedOnceAround() throws IOException {
        write("cat/1.jpg");
        var elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("2.jpg"), "2");
        try {
            Files.createSymbolicLink(root.resolve("dog"), elsewhere);
            Files.createSymbolicLink(root.resolve("cat/loop"), root);
            Files.createSymbolicLink(root.resolve("gone.jpg"), root.resolve("nowhere"));
        } catch (UnsupportedOperationException | IOException e) {
            assumeTrue(false, "no symbolic links here: " + e);
        }
        var dataset = open();
        assertEquals(
                List.of("cat/1.jpg", "dog/2.jpg", "gone.jpg"),
                samples(dataset).stream().map(Sample::path).toList());
        assertThrows(IOException.class, () -> dataset.read(2));
    }

    @Test
    void theFingerprintFollowsNamesLengthsAndContents() throws IOException {
        write("a/1.jpg", "a/2.jpg");
        var first = open().summary().fingerprint();
        assertEquals(first, open().summary().fingerprint());

        Files.writeString(root.resolve("a/2.jpg"), "A/2.jpg"); // same length
        var changed = open().summary().fingerprint();
        assertNotEquals(first, changed);

        Files.writeString(root.resolve("a/2.jpg"), "longer than before");
        var longer = open().summary().fingerprint();
        assertNotEquals(changed, longer);

        Files.move(root.resolve("a/2.jpg"), root.resolve("a/3.jpg"));
        assertNotEquals(longer, open().summary().fingerprint());
    }

    @Test
    void theFingerprintStaysWhenTheFolderIsMovedOrTouched() throws IOException {
        write("a/1.jpg");
        var before = open().summary().fingerprint();
        Files.setLastModifiedTime(root.resolve("a/1.jpg"), FileTime.fromMillis(0));
        root = Files.move(root, temp.resolve("moved"));
        assertEquals(before, open().summary().fingerprint());
    }

    @Test
    void aMissingFolderIsAnErrorOfTheData() {
        root = temp.resolve("nowhere");
        assertError("there is no folder");
    }

    @Test
    void aFileInPlaceOfAFolderIsAnErrorOfTheData() throws IOException {
        write("a.jpg");
        root = root.resolve("a.jpg");
        assertError("is a file");
    }

    @Test
    void aFolderWithoutImagesIsAnErrorThatSaysWhatWasFoundAndSought() throws IOException {
        write("a.txt", "sub/b.csv");
        assertError("only 2 other files", "bmp, gif, jpeg, jpg, png, tif, tiff, webp");
    }

    private void assertError(String... parts) {
        var error = assertThrows(UadException.class, this::open);
        assertEquals(ErrorKind.DATA, error.kind());
        for (var part : parts) {
            assertTrue(String.valueOf(error.getMessage()).contains(part), error.getMessage());
        }
    }

    private Dataset open() {
        return new ImageFolderProvider().create(Options.of(new ImageFolderOptions(root.toString())));
    }

    private static List<Sample> samples(Dataset dataset) {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::sample).toList();
    }

    /** Writes files that hold their own names. */
    private void write(String... names) throws IOException {
        for (var name : names) {
            var file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }
}
