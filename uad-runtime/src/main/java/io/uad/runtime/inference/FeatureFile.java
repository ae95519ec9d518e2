package io.uad.runtime.inference;

import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.Csv;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A file of features in the format that its ending names: {@code .npy} with {@code NAME.paths.txt} beside it, {@code .csv}
 * or {@code .csv.gz}. It is there when all is written, or not at all.
 */
record FeatureFile(Path path) {
    private static final String NPY = ".npy";
    private static final String CSV = ".csv";
    private static final String ZIPPED = ".csv.gz";
    private static final int BUFFER = 1 << 18;

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
            AtomicFile.write(path, 0, out -> writeText(out, dataset, columns, rows, written));
        }
        return written.cardinality();
    }

    private void writeText(OutputStream out, Dataset dataset, int columns, Rows rows, BitSet written)
            throws IOException {
        var zip = is(ZIPPED) ? new GZIPOutputStream(out, BUFFER) : null;
        var text = text(zip == null ? out : zip);
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
        text.flush();
        if (zip != null) {
            zip.finish();
        }
    }

    private void writePaths(Dataset dataset, BitSet written) {
        AtomicFile.write(paths(), 0, out -> {
            var text = text(out);
            for (var index = written.nextSetBit(0); index >= 0; index = written.nextSetBit(index + 1)) {
                text.write(dataset.sample(index).path());
                text.write('\n');
            }
            text.flush();
        });
    }

    private static Writer text(OutputStream out) {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
    }

    private boolean is(String ending) {
        return OutputFile.endsWith(path, ending);
    }

    private Path paths() {
        var name = path.getFileName().toString();
        return path.resolveSibling(name.substring(0, name.length() - NPY.length()) + ".paths.txt");
    }
}
