package io.uad.testkit.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads golden files and compares tensors with their entries. */
public final class Golden {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    /** One file of the set, such as {@code kmeans.json}: the test kit's, or of {@code -Duad.golden}. */
    public static JsonNode file(String name) {
        try (var in = open(name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The generator with the set's seed. */
    public static GoldenGenerator generator() {
        return new GoldenGenerator(file("about.json").get("seed").asLong());
    }

    /** The folder of the golden pictures: {@code -Duad.golden.images}, or {@code shared/data} beside the project. */
    public static @Nullable Path images() {
        var given = System.getProperty("uad.golden.images");
        if (given != null) {
            return Path.of(given);
        }
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var data = at.resolve("shared/data");
            if (Files.isDirectory(data)) {
                return data;
            }
        }
        return null;
    }

    /** A list of objects as a Java list. */
    public static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** A list of numbers. */
    public static double[] doubles(JsonNode array) {
        return list(array).stream().mapToDouble(JsonNode::asDouble).toArray();
    }

    /** A list of integers. */
    public static int[] ints(JsonNode array) {
        return list(array).stream().mapToInt(JsonNode::asInt).toArray();
    }

    /** Checks the first generated values of an input, so that a wrong generator is not taken for a wrong result. */
    public static void assertFirstValues(JsonNode expected, float[] actual) {
        for (var i = 0; i < expected.size(); i++) {
            var value = expected.get(i).asDouble(); // ten digits of it
            assertEquals(value, actual[i], 1e-8 * Math.max(1, Math.abs(value)), "generated value " + i);
        }
    }

    /** Checks a tensor against its entry, with the entry's own tolerance. */
    public static void assertTensor(String name, JsonNode entry, float[] actual) {
        assertTensor(name, entry, actual, entry.get("tolerance_abs").asDouble());
    }

    /** Checks length, sampled values and norm of a tensor. */
    public static void assertTensor(String name, JsonNode entry, float[] actual, double tolerance) {
        var size = list(entry.get("shape")).stream().mapToInt(JsonNode::asInt).reduce(1, Math::multiplyExact);
        assertEquals(size, actual.length, name + ": number of values");
        var index = ints(entry.get("index"));
        var value = doubles(entry.get("value"));
        for (var i = 0; i < index.length; i++) {
            assertEquals(value[i], actual[index[i]], tolerance, name + "[" + index[i] + "]");
        }
        var squares = 0.0;
        for (var v : actual) {
            if (!Float.isFinite(v)) { // of millions, too many to make up a message for each
                fail(name + ": a value is not finite");
            }
            squares += (double) v * v;
        }
        // Independent errors of at most `tolerance` each move the norm by no more than tolerance * sqrt(size).
        assertEquals(entry.get("l2").asDouble(), Math.sqrt(squares), tolerance * Math.sqrt(size) + 1e-9, name + ": l2");
    }

    private static InputStream open(String name) throws IOException {
        var folder = System.getProperty("uad.golden");
        if (folder != null) {
            return Files.newInputStream(Path.of(folder, name));
        }
        var in = Golden.class.getResourceAsStream("seed1/" + name);
        if (in == null) {
            throw new IOException("no golden file " + name);
        }
        return in;
    }
}
