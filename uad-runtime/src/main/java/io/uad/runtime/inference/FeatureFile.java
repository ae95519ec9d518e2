package io.uad.runtime.inference;

import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.Csv;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/**
 * A file of features in the format that its ending names: {@code .npy} with {@code NAME.paths.txt} beside it, {@code .csv}
 * or {@code .csv.gz}. Each of the two is there when all of it is written, or not at all; the paths come first.
 */
record FeatureFile(Path path) {
    private static final String NPY = ".npy";
    private static final String CSV = ".csv";
    private static final String ZIPPED = ".csv.gz";

    /** Takes one image's features. */
    @FunctionalInterface
    interface Row {
        void accept(int index, float[] features) throws IOException;
    }

    /** Makes the rows of a file. */
    @FunctionalInterface
    interface Rows {
        void writeTo(Row row) throws IOException;
    }

    /** @throws UadException of kind CONFIG if the ending is none of these, or the file exists and may not be replaced */
    void check(boolean overwrite) {
        if (!is(NPY) && !is(CSV) && !is(ZIPPED)) {
            throw UadException.config(
                    "the format is not known by its ending",
                    path.toString(),
                    "a name that ends in .npy, .csv or .csv.gz",
                    "Choose another name with -o");
        }
        files().forEach(file -> OutputFile.check(file, overwrite));
    }

    /** All that is written. */
    List<Path> files() {
        return is(NPY) ? List.of(path, paths()) : List.of(path);
    }

    /**
     * Writes the file.
     *
     * @param dataset names the images
     * @return the number of rows
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    int write(Dataset dataset, int columns, Rows rows) {
        var written = new BitSet(dataset.size());
        if (is(NPY)) {
            AtomicFile.write(
                    path,
                    NpyFormat.HEADER_BYTES,
                    out -> {
                        rows.writeTo((index, features) -> {
                            NpyFormat.write(out, features);
                            written.set(index);
                        });
                        writePaths(dataset, written); // first, since the matrix is of no use without them
                    },
                    () -> NpyFormat.header(written.cardinality(), columns));
        } else {
            OutputFile.write(path, text -> writeText(text, dataset, columns, rows, written));
        }
        return written.cardinality();
    }

    private static void writeText(Writer text, Dataset dataset, int columns, Rows rows, BitSet written)
            throws IOException {
        text.write("path");
        for (var column = 0; column < columns; column++) {
            text.write(",f" + column);
        }
        text.write('\n');
        rows.writeTo((index, features) -> {
            text.write(Csv.quoted(dataset.sample(index).path()));
            for (var value : features) {
                text.write(',');
                text.write(Float.toString(value));
            }
            text.write('\n');
            written.set(index);
        });
    }

    private void writePaths(Dataset dataset, BitSet written) {
        OutputFile.write(paths(), text -> {
            for (var index = written.nextSetBit(0); index >= 0; index = written.nextSetBit(index + 1)) {
                text.write(dataset.sample(index).path());
                text.write('\n');
            }
        });
    }

    private boolean is(String ending) {
        return OutputFile.endsWith(path, ending);
    }

    private Path paths() {
        var name = path.getFileName().toString();
        return path.resolveSibling(name.substring(0, name.length() - NPY.length()) + ".paths.txt");
    }
}
