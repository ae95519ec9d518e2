package ${package};

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

    /** A line of the list; {@code name} is empty for none. */
    private record Line(int number, String path, String name) {
        static Line of(int number, String text) {
            var columns = text.split("\t", 2);
            return new Line(number, columns[0].strip(), columns.length == 2 ? columns[1].strip() : "");
        }
    }

    /**
     * Reads the list and looks for its images.
     *
     * @throws UadException of kind DATA if the list cannot be read, or a line of it is wrong
     */
    static ${className}Dataset open(Path list) {
        try {
            var lines = new ArrayList<Line>();
            for (var text : Files.readAllLines(list)) {
                lines.add(Line.of(lines.size() + 1, text));
            }
            lines.removeIf(line -> line.path().isEmpty());
            var folder = list.toAbsolutePath().getParent();
            var classes = new TreeSet<String>(); // in the order of the alphabet, so that equal lists have equal numbers
            lines.forEach(line -> classes.add(line.name()));
            classes.remove("");
            var labels = List.copyOf(classes);
            var samples = samples(list, folder, lines, labels);
            var summary = new DatasetSummary(list.toString(), labels, 0, fingerprint(folder, lines));
            return new ${className}Dataset(folder, samples, summary);
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.DATA,
                    "cannot be read: " + e,
                    list.toString(),
                    "a text file in UTF-8",
                    "Correct dataset.path",
                    e);
        }
    }

    private static List<Sample> samples(Path list, Path folder, List<Line> lines, List<String> classes) {
        var samples = new ArrayList<Sample>();
        var seen = new HashSet<String>();
        for (var line : lines) {
            if (!isImage(folder, line.path())) {
                throw wrong(list, line, "is no file below " + folder, "a path without . and .., with / between folders");
            }
            if (!seen.add(line.path())) {
                throw wrong(list, line, "comes twice", "each image once");
            }
            samples.add(new Sample(line.path(), classes.indexOf(line.name())));
        }
        return samples;
    }

    /** One name for each file, so that none can come twice. */
    private static boolean isImage(Path folder, String path) {
        try {
            var relative = Path.of(path);
            return !relative.isAbsolute()
                    && relative.normalize().equals(relative)
                    && !relative.startsWith("..")
                    && !path.contains("\\")
                    && !path.contains("//")
                    && Files.isRegularFile(folder.resolve(relative));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static UadException wrong(Path list, Line line, String problem, String expected) {
        return UadException.data(
                "'" + line.path() + "' " + problem, list + ", line " + line.number(), expected, "Correct the list");
    }

    /** Tells a resumed run whether these are still the images that it began with. */
    private static String fingerprint(Path folder, List<Line> lines) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var line : lines) {
                var length = Files.size(folder.resolve(line.path()));
                var text = line.path() + "\t" + line.name() + "\t" + length + "\n";
                digest.update(text.getBytes(StandardCharsets.UTF_8));
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
