package io.uad.plugin.listener.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file of JSON objects, one per line, that only grows.
 *
 * <p>Each line reaches the file in one write before {@link #append} returns: a checkpoint counts the lines. A line that
 * fails half way is taken back, so that the file always ends with a whole one.
 */
final class JsonLines implements AutoCloseable {
    // Its shortest form of a double is the same on every JDK; that of Double.toString changed in JDK 19.
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final Path file;
    private final RandomAccessFile out; // no channel: an interrupted thread would close that

    /**
     * Opens the file at its end, and makes it if it is missing.
     *
     * @throws UadException if that is impossible
     */
    JsonLines(Path file) {
        this(file, open(file));
    }

    /** @param out stands at the file's end */
    JsonLines(Path file, RandomAccessFile out) {
        this.file = file;
        this.out = out;
    }

    private static RandomAccessFile open(Path file) {
        try {
            var out = new RandomAccessFile(file.toFile(), "rw");
            try {
                out.seek(out.length());
            } catch (IOException e) {
                out.close();
                throw e;
            }
            return out;
        } catch (IOException e) {
            throw failure(file, "opened", e);
        }
    }

    /**
     * Appends one object.
     *
     * @param event its first key
     * @param values the others in order: numbers, strings and booleans; a number that is not finite becomes null
     * @throws UadException of kind RESOURCE if the line cannot be written; the file then ends with the line before
     */
    void append(String event, Map<String, ?> values) {
        var line = new ByteArrayOutputStream();
        try {
            try (var json = JSON.createGenerator(line)) {
                json.writeStartObject();
                json.writeStringField("event", event);
                for (var value : values.entrySet()) {
                    json.writeFieldName(value.getKey());
                    write(json, value.getValue());
                }
                json.writeEndObject();
            }
            line.write('\n');
            writeWhole(line.toByteArray());
        } catch (IOException e) {
            throw failure(file, "written", e);
        }
    }

    private void writeWhole(byte[] line) throws IOException {
        var end = out.getFilePointer();
        try {
            out.write(line);
        } catch (IOException e) {
            try {
                out.setLength(end);
                out.seek(end);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failure(file, "closed", e);
        }
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Double number && !Double.isFinite(number)) {
            json.writeNull(); // JSON has neither NaN nor infinity
        } else {
            json.writeObject(value);
        }
    }

    private static UadException failure(Path file, String verb, IOException cause) {
        return new UadException(
                ErrorKind.RESOURCE,
                "cannot be " + verb + ": " + cause.getMessage(),
                file.toString(),
                "",
                "Free disk space or mend the folder's permissions",
                cause);
    }
}
