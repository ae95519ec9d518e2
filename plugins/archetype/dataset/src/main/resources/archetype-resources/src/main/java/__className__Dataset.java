package ${package};

import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** Images in the order of a list. Only what is asked for is read, by any number of threads at once. */
final class ${className}Dataset implements Dataset {
    private final Path folder;
    private final List<Sample> samples;
    private final DatasetSummary summary;

    private ${className}Dataset(Path folder, List<Sample> samples, DatasetSummary summary) {
        this.folder = folder;
        this.samples = samples;
        this.summary = summary;
    }

    /**
     * Reads the list and looks for its images.
     *
     * @throws UadException of kind DATA if the list cannot be read, or a line of it is wrong
     */
    static ${className}Dataset open(Path list) {
        var folder = list.toAbsolutePath().getParent();
        try {
            var lines = Files.readAllLines(list).stream().filter(line -> !line.isBlank()).toList();
            var classes = classes(lines);
            var samples = samples(list, folder, lines, classes);
            var fingerprint = fingerprint(folder, lines);
            var summary = new DatasetSummary(list.toString(), classes, 0, fingerprint);
            return new ${className}Dataset(folder, samples, summary);
        } catch (IOException e) {
            throw UadException.data(
                    "cannot be read: " + e, list.toString(), "a text file in UTF-8", "Correct dataset.path");
        }
    }

    /** All classes in the order of the alphabet, so that equal lists have equal numbers. */
    private static List<String> classes(List<String> lines) {
        var classes = new TreeSet<String>();
        for (var line : lines) {
            var columns = line.split("\t", 2);
            if (columns.length == 2) {
                classes.add(columns[1].strip());
            }
        }
        return List.copyOf(classes);
    }

    private static List<Sample> samples(Path list, Path folder, List<String> lines, List<String> classes) {
        var samples = new ArrayList<Sample>();
        var seen = new HashSet<String>();
        for (var line : lines) {
            var columns = line.split("\t", 2);
            var path = columns[0].strip();
            if (path.startsWith("/") || path.contains("\\") || !Files.isRegularFile(folder.resolve(path))) {
                throw wrong(list, path, "is no file of " + folder, "relative paths of images, with / between folders");
            }
            if (!seen.add(path)) {
                throw wrong(list, path, "comes twice", "each image once");
            }
            samples.add(new Sample(path, columns.length == 2 ? classes.indexOf(columns[1].strip()) : -1));
        }
        return samples;
    }

    private static UadException wrong(Path list, String path, String problem, String expected) {
        return UadException.data("'" + path + "' " + problem, list.toString(), expected, "Correct the list");
    }

    /** Tells a resumed run whether these are still the images that it began with. */
    private static String fingerprint(Path folder, List<String> lines) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var line : lines) {
                var length = Files.size(folder.resolve(line.split("\t", 2)[0].strip()));
                digest.update((line + "\t" + length + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
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
        return new Content.Encoded(Files.readAllBytes(folder.resolve(samples.get(index).path())));
    }
}
