package io.uad.plugin.dataset.features;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The class of each row.
 *
 * @param labels {@code [N]} as indices into {@code classes}, -1 for none; no entries where nothing is labelled
 * @param classes names, whole numbers by value and others by code unit
 */
record Labels(int[] labels, List<String> classes) {
    private static final String KEY = "dataset.labels";
    private static final int UNLABELLED = -1;
    private static final List<String> BESIDE = List.of(".labels.npy", ".labels.csv", ".labels.txt");
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
    private static final Comparator<String> BY_VALUE = Comparator.comparingLong(Long::parseLong);
    private static final Labels NONE = new Labels(new int[0], List.of());

    private static final NpyMatrix.Wanted WANTED = new NpyMatrix.Wanted(
            KEY,
            Set.of("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"),
            "whole numbers",
            Set.of(1, 2),
            "one label per row of the matrix");

    /**
     * What the option names for that matrix.
     *
     * @param matrix the file of features
     * @param option a file, {@code auto} or {@code none}
     * @throws UadException of kind DATA if the file is missing, is of another kind or has not that many labels
     */
    static Labels of(Path matrix, String option, int rows) {
        if (option.equals("none")) {
            return NONE;
        }
        if (!option.equals("auto")) {
            return read(Path.of(option), rows);
        }
        var stem = matrix.getFileName().toString().replaceFirst("(?i)\\.npy$", "");
        return BESIDE.stream()
                .map(ending -> matrix.resolveSibling(stem + ending))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> read(file, rows))
                .orElse(NONE);
    }

    /** The label of a row. */
    int of(int row) {
        return labels.length == 0 ? UNLABELLED : labels[row];
    }

    private static Labels read(Path file, int rows) {
        var binary = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npy");
        var names = binary ? numbers(file) : lines(file, rows);
        if (names.size() != rows) {
            throw UadException.data(
                    file + " has " + names.size() + " labels",
                    KEY,
                    rows + ", one per row of the matrix",
                    "Name the labels of this matrix, or set dataset.labels=none");
        }
        var labelled = names.stream().filter(name -> !isNone(name)).toList();
        var whole = labelled.stream().allMatch(name -> INTEGER.matcher(name).matches());
        var classes = new TreeSet<String>(
                whole ? BY_VALUE.thenComparing(Comparator.naturalOrder()) : Comparator.naturalOrder());
        classes.addAll(labelled);
        var index = new HashMap<String, Integer>();
        classes.forEach(name -> index.put(name, index.size()));
        var labels = names.stream()
                .mapToInt(name -> index.getOrDefault(name, UNLABELLED))
                .toArray();
        return new Labels(labels, List.copyOf(classes));
    }

    private static boolean isNone(String name) {
        return name.isEmpty() || name.equals("-1");
    }

    private static List<String> numbers(Path file) {
        var labels = NpyMatrix.open(file, WANTED);
        if (labels.columns() != 1) {
            throw UadException.data(
                    file + " has " + labels.columns() + " columns",
                    KEY,
                    "one label per row of the matrix",
                    "Choose one");
        }
        return IntStream.range(0, labels.rows())
                .mapToObj(row -> Long.toString(labels.integer(row)))
                .toList();
    }

    /** The lines of a text without blank ones at its end and without a heading. */
    private static List<String> lines(Path file, int rows) {
        if (!Files.isRegularFile(file)) {
            throw UadException.data(
                    "there is no file " + file.toAbsolutePath(),
                    KEY,
                    "a file with one label per line",
                    "Correct the path");
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file).stream().map(String::strip).toList();
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.DATA,
                    file + " cannot be read: " + e,
                    KEY,
                    "text in UTF-8 with one label per line",
                    "Save the labels like that",
                    e);
        }
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(",") || lines.get(i).contains("\t")) {
                throw UadException.data(
                        file + " has several columns in line " + (i + 1), KEY, "one label per line", "Keep one column");
            }
        }
        var end = lines.size();
        while (end > rows && lines.get(end - 1).isEmpty()) {
            end--;
        }
        var labels = lines.subList(0, end);
        return end == rows + 1 && isHeading(labels) ? labels.subList(1, end) : labels;
    }

    /** Whether the first line is no label: a word that is no number and that no row has. */
    private static boolean isHeading(List<String> lines) {
        var first = lines.get(0);
        return !INTEGER.matcher(first).matches()
                && !lines.subList(1, lines.size()).contains(first);
    }
}
