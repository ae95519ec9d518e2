package io.uad.runtime.checkpoint;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes assignments line by line, as {@link ClusterFile} describes them. */
public final class ClusterWriter {
    static final List<String> HEADER = List.of("path", "cluster", "distance", "weight");

    private final Writer out;

    /** Writes the first line. */
    public ClusterWriter(Writer out) throws IOException {
        this.out = out;
        out.write(String.join(",", HEADER) + "\n");
    }

    /** @throws IllegalArgumentException if distance or weight is not finite */
    public void row(String path, int cluster, float squaredDistance, float weight) throws IOException {
        out.write(Csv.quoted(path) + "," + cluster + "," + ShortestFloat.of(squaredDistance) + ","
                + ShortestFloat.of(weight) + "\n");
    }
}
