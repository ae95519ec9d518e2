package io.uad.plugin.listener.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A file of JSON objects, one per line, that only grows.
 *
 * <p>Each line reaches the file in one write before {@link #append} returns: a checkpoint counts the lines.
 */
final class JsonLines implements AutoCloseable {
    // Its shortest form of a double is the same on every JDK; that of Double.toString changed in JDK 19.
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final Path file;
    private final OutputStream out;

    /**
     * Opens the file at its end, and makes it if it is missing.
     *
     * @throws UadException if that is impossible
     */
    JsonLines(Path file) {
        this.file = file;
        try {
            out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure("opened", e);
        }
    }

    /**
     * Appends one object.
     *
     * @param event its first key
     * @param values the others in order: numbers, strings and booleans; a number that is not finite becomes null
     * @throws UadException if the line cannot be written
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
            out.write(line.toByteArray());
        } catch (IOException e) {
            throw failure("written", e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failure("closed", e);
        }
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Double number && !Double.isFinite(number)) {
            json.writeNull(); // JSON has neither NaN nor infinity
        } else {
            json.writeObject(value);
        }
    }

    private UadException failure(String verb, IOException cause) {
        return new UadException(
                ErrorKind.RESOURCE,
                "cannot be " + verb + ": " + cause.getMessage(),
                file.toString(),
                "",
                "Free disk space or mend the folder's permissions",
                cause);
    }
}
