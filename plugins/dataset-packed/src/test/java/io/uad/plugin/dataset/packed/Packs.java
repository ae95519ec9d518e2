package io.uad.plugin.dataset.packed;

import io.uad.api.Seed;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.ImageFiles;
import io.uad.api.dataset.Sample;
import io.uad.api.dataset.WriterRequest;
import io.uad.api.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small packed files. */
final class Packs {
    static final List<String> CLASSES = List.of("cat", "dög");

    private Packs() {}

    static Image noise(int width, int height, long seed) {
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) new Seed(seed).bits(i);
        }
        return new Image(width, height, rgb);
    }

    /** Two images of pixels and one that is a file's bytes, of no folder. */
    static Path write(Path file) throws IOException {
        return write(file, "elsewhere", noise(5, 4, 1));
    }

    static Path write(Path file, String location, Image first) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var original = new DatasetSummary(location, CLASSES, 0, "sha256:of the original");
            var writer = new PackWriter(new WriterRequest(out, original, Map.of("short-side", "4")));
            writer.add(new Sample("cat/a.png", 0), new Content.Decoded(first));
            writer.add(new Sample("dög/b.jpg", 1), new Content.Encoded(new byte[] {1, 2, 3, 4}));
            writer.add(new Sample("c.png", -1), new Content.Decoded(noise(3, 7, 2)));
            writer.leaveOut(new Sample("d.png", -1));
            writer.finish();
        }
        return file;
    }

    /** A copy of all files of a folder, each of which is an image of its own bytes. */
    static Path ofFolder(Path file, Path folder) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var original = new DatasetSummary(folder.toString(), List.of(), 0, "sha256:of the original");
            var writer = new PackWriter(new WriterRequest(out, original, Map.of()));
            for (var image : ImageFiles.below(folder).images()) {
                var sample = new Sample(image.path(), -1);
                if (image.path().contains("broken")) {
                    writer.leaveOut(sample);
                } else {
                    writer.add(sample, new Content.Encoded(Files.readAllBytes(folder.resolve(image.path()))));
                }
            }
            writer.finish();
        }
        return file;
    }

    static Dataset open(Path file) {
        return Packed.open(new PackedOptions(file.toString(), PackedOptions.Check.ORIGINAL));
    }
}
