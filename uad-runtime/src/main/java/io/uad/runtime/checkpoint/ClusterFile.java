package io.uad.runtime.checkpoint;

import io.uad.api.UadException;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The assignments of an epoch as {@code path,cluster,distance,weight}, one row per sample, gzipped.
 *
 * <p>UTF-8, RFC 4180 quoting, lines end with a line feed. The cluster is -1 for noise; the distance is the squared one to
 * the own centroid in the reduced space. Numbers are the shortest that read back as the same float32. Equal rows give
 * equal bytes: the gzip header holds no time and no name.
 */
public final class ClusterFile {
    private ClusterFile() {}

    /**
     * Replaces the file, atomically, making its folder if it is missing.
     *
     * @throws UadException of kind RESOURCE if it cannot be written
     * @throws IllegalArgumentException if a distance or weight is not finite
     */
    public static void write(Path file, ClusterRows rows) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        } catch (IOException e) {
            throw AtomicFile.failure(file, 0, e);
        }
        AtomicFile.write(file, 0, out -> {
            var zip = new GZIPOutputStream(out, 1 << 16);
            var text = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 16);
            var writer = new ClusterWriter(text);
            for (var i = 0; i < rows.size(); i++) {
                writer.row(rows.paths().get(i), rows.labels()[i], rows.squaredDistances()[i], rows.weights()[i]);
            }
            text.flush();
            zip.finish();
        });
    }

    /**
     * Reads the file.
     *
     * @throws UadException of kind DATA if it is missing or damaged, naming the row
     */
    public static ClusterRows read(Path file) {
        var rows = new ClusterRows.Builder();
        var row = 0L;
        try (var zip = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 1 << 16);
                Reader text = new InputStreamReader(zip, StandardCharsets.UTF_8)) {
            var csv = new Csv(text);
            if (!ClusterWriter.HEADER.equals(csv.next())) {
                throw broken(file, "the first line is not " + String.join(",", ClusterWriter.HEADER));
            }
            for (var fields = csv.next(); !fields.isEmpty(); fields = csv.next()) {
                row++;
                if (fields.size() != ClusterWriter.HEADER.size()) {
                    throw broken(file, "row " + row + " has " + fields.size() + " fields");
                }
                rows.add(
                        fields.get(0),
                        Integer.parseInt(fields.get(1)),
                        Float.parseFloat(fields.get(2)),
                        Float.parseFloat(fields.get(3)));
            }
        } catch (NumberFormatException e) {
            throw broken(file, "row " + row + ": " + e.getMessage());
        } catch (IOException e) {
            throw broken(file, "cannot be read behind row " + row + ": " + e);
        }
        return rows.build();
    }

    private static UadException broken(Path file, String defect) {
        return UadException.data(
                defect,
                file.toString(),
                "a file of assignments (clusters/epoch-*.csv.gz)",
                "Use that of another epoch");
    }
}
