package io.uad.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.uad.api.UadException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Records as JSON files: indented, with the same bytes on every system; strict when read. */
public final class JsonRecords {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private JsonRecords() {}

    /** The record as a file. */
    public static byte[] bytes(Record value) {
        try {
            return (JSON.writer(PRINTER).writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /**
     * A file's content.
     *
     * @param meaning what the file should be, for messages
     * @throws UadException of kind DATA if the file is missing, or no JSON
     */
    public static JsonNode tree(Path file, String meaning) {
        try {
            return JSON.readTree(AtomicFile.read(file));
        } catch (FileNotFoundException e) {
            throw broken(file, "no such file", meaning);
        } catch (JsonProcessingException e) {
            throw broken(file, "no valid JSON (" + e.getOriginalMessage() + ")", meaning);
        } catch (IOException e) {
            throw broken(file, "cannot be read: " + e.getMessage(), meaning);
        }
    }

    /**
     * The record that a file's content is.
     *
     * @throws UadException of kind DATA if it is not such a record
     */
    public static <T extends Record> T value(Path file, JsonNode tree, Class<T> type, String meaning) {
        try {
            var value = JSON.treeToValue(tree, type);
            if (value == null) {
                throw broken(file, "empty", meaning);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw broken(file, e.getOriginalMessage().split(" \\(")[0], meaning); // what follows tells of our classes
        }
    }

    private static UadException broken(Path file, String found, String meaning) {
        return UadException.data(found, file.toString(), meaning, "Use another one, or write or copy this one again");
    }
}
