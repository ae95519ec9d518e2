package io.uad.plugin.dataset.imagefolder;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.ImageFiles;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;

/** Lists the files when it is opened and reads them when asked. A sample's class is the first folder on its way. */
final class ImageFolder implements Dataset {
    private static final String WHERE = "dataset.path";
    private static final int UNLABELLED = -1;

    private final Path root;
    private final List<Sample> samples;
    private final DatasetSummary summary;

    private ImageFolder(Path root, List<Sample> samples, DatasetSummary summary) {
        this.root = root;
        this.samples = samples;
        this.summary = summary;
    }

    static ImageFolder open(Path root) {
        var files = list(root);
        if (files.images().isEmpty()) {
            throw UadException.data(
                    root + " has no images, only " + files.others() + " other files",
                    WHERE,
                    "files ending in " + String.join(", ", new TreeSet<>(ImageFiles.EXTENSIONS))
                            + ", also in sub-folders",
                    "Name the folder that has the images");
        }
        var classes = files.images().stream()
                .map(image -> folder(image.path()))
                .filter(folder -> !folder.isEmpty())
                .distinct()
                .toList(); // in order, as the files are
        var labels = new HashMap<String, Integer>();
        classes.forEach(name -> labels.put(name, labels.size()));
        var samples = files.images().stream()
                .map(image -> new Sample(image.path(), labels.getOrDefault(folder(image.path()), UNLABELLED)))
                .toList();
        return new ImageFolder(
                root,
                samples,
                new DatasetSummary(root.toString(), classes, files.others(), Fingerprint.of(root, files.images())));
    }

    private static ImageFiles list(Path root) {
        if (!Files.exists(root)) {
            throw UadException.data(
                    "there is no folder " + root.toAbsolutePath(), WHERE, "a folder with images", "Correct the path");
        }
        if (!Files.isDirectory(root)) {
            throw UadException.data(root + " is a file", WHERE, "a folder with images", actionFor(root.toString()));
        }
        try {
            return ImageFiles.below(root);
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.DATA,
                    "a folder cannot be listed: " + e,
                    root.toString(),
                    "",
                    "Grant the right to read it, or move it elsewhere",
                    e);
        }
    }

    private static String actionFor(String file) {
        if (file.endsWith(".npy")) {
            return "For a matrix of features use the preset features, or set dataset.plugin=features";
        }
        return file.endsWith(".uadpack")
                ? "For a packed copy of images set dataset.plugin=packed"
                : "Name the folder that the file lies in";
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.indexOf('/')));
    }

    @Override
    public DatasetSummary summary() {
        return summary;
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public Sample sample(int index) {
        return samples.get(index);
    }

    @Override
    public Content read(int index) throws IOException {
        return new Content.Encoded(
                Files.readAllBytes(root.resolve(samples.get(index).path())));
    }
}
