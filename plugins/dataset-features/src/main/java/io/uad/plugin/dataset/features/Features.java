package io.uad.plugin.dataset.features;

import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;

/** Hands out the rows of a matrix. A row that holds anything but finite numbers cannot be read, and is then left out. */
final class Features implements Dataset {
    private static final NpyMatrix.Wanted WANTED = new NpyMatrix.Wanted(
            "dataset.path",
            Set.of("f4", "f8"),
            "float32 or float64",
            Set.of(2),
            "a matrix of shape (samples, features)");

    private final NpyMatrix matrix;
    private final Labels labels;
    private final boolean unitRows;
    private final DatasetSummary summary;

    private Features(NpyMatrix matrix, Labels labels, boolean unitRows, DatasetSummary summary) {
        this.matrix = matrix;
        this.labels = labels;
        this.unitRows = unitRows;
        this.summary = summary;
    }

    static Features open(FeaturesOptions options) {
        var file = Path.of(options.path());
        var matrix = NpyMatrix.open(file, WANTED);
        var labels = Labels.of(file, options.labels(), matrix.rows());
        var summary = new DatasetSummary(
                file.toString(), labels.classes(), 0, Fingerprint.of(file, labels), OptionalInt.of(matrix.columns()));
        return new Features(matrix, labels, options.unitRows(), summary);
    }

    @Override
    public DatasetSummary summary() {
        return summary;
    }

    @Override
    public int size() {
        return matrix.rows();
    }

    @Override
    public Sample sample(int index) {
        return new Sample("row-" + index, labels.of(index));
    }

    @Override
    public Content read(int index) throws IOException {
        var values = matrix.floats(index);
        var squares = 0.0;
        for (var column = 0; column < values.length; column++) {
            if (!Float.isFinite(values[column])) {
                throw new IOException("the value in column " + column + " is " + values[column]);
            }
            squares += (double) values[column] * values[column];
        }
        if (unitRows && squares > 0) {
            var factor = Math.sqrt(values.length / squares);
            for (var column = 0; column < values.length; column++) {
                values[column] = (float) (values[column] * factor);
            }
        }
        return new Content.Vector(values);
    }
}
