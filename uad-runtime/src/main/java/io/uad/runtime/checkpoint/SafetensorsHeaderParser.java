package io.uad.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.uad.runtime.checkpoint.SafetensorsHeader.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON header and refuses one that does not describe the file it stands in. */
final class SafetensorsHeaderParser {
    /** What is wrong with a file, in words. */
    static final class Defect extends Exception {
        private static final long serialVersionUID = 1L;

        private final String words;

        Defect(String words) {
            super(words);
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SafetensorsHeaderParser() {}

    /**
     * @param json the header
     * @param length bytes behind it
     */
    static SafetensorsHeader parse(byte[] json, long length) throws Defect {
        var root = tree(json);
        var metadata = new LinkedHashMap<String, String>();
        var tensors = new LinkedHashMap<String, Entry>();
        for (var field : root.properties()) {
            if (field.getKey().equals(Safetensors.METADATA)) {
                metadata.putAll(metadata(field.getValue()));
            } else {
                tensors.put(field.getKey(), entry(field.getKey(), field.getValue()));
            }
        }
        checkCoverage(tensors, length);
        return new SafetensorsHeader(metadata, tensors);
    }

    private static JsonNode tree(byte[] json) throws Defect {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new Defect("the header is no valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Defect("the header is no valid JSON: " + e.getMessage());
        }
        if (!root.isObject()) {
            throw new Defect("the header is no JSON object");
        }
        return root;
    }

    private static Map<String, String> metadata(JsonNode node) throws Defect {
        var metadata = new LinkedHashMap<String, String>();
        for (var field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new Defect("metadata " + field.getKey() + " is no text");
            }
            metadata.put(field.getKey(), field.getValue().asText());
        }
        return metadata;
    }

    private static Entry entry(String name, JsonNode node) throws Defect {
        var dtype = node.path("dtype").asText();
        if (Arrays.stream(Dtype.values()).noneMatch(known -> known.name().equals(dtype))) {
            throw new Defect(
                    "tensor " + name + " has dtype '" + dtype + "', known are " + Arrays.toString(Dtype.values()));
        }
        var shape = new ArrayList<Integer>();
        for (var side : numbers(name, node.path("shape"), "shape")) {
            if (side > Integer.MAX_VALUE) {
                throw new Defect("tensor " + name + " has a side of " + side);
            }
            shape.add((int) (long) side);
        }
        var offsets = numbers(name, node.path("data_offsets"), "data_offsets");
        if (offsets.size() != 2 || offsets.get(1) < offsets.get(0)) {
            throw new Defect("tensor " + name + " has data_offsets " + offsets);
        }
        checkSize(name, Dtype.valueOf(dtype), shape, offsets.get(1) - offsets.get(0));
        return new Entry(dtype, shape, offsets.get(0), offsets.get(1));
    }

    private static List<Long> numbers(String name, JsonNode array, String key) throws Defect {
        var numbers = new ArrayList<Long>();
        for (var number : array) {
            if (!number.canConvertToLong() || !number.isIntegralNumber() || number.asLong() < 0) {
                throw new Defect("tensor " + name + " has " + number + " in " + key);
            }
            numbers.add(number.asLong());
        }
        if (!array.isArray()) {
            throw new Defect("tensor " + name + " has no list " + key);
        }
        return numbers;
    }

    private static void checkSize(String name, Dtype type, List<Integer> shape, long bytes) throws Defect {
        try {
            var expected = shape.stream().mapToLong(Integer::longValue).reduce(type.bytes(), Math::multiplyExact);
            if (expected != bytes) {
                throw new Defect("tensor " + name + " of shape " + shape + " and dtype " + type + " needs " + expected
                        + " bytes, its data_offsets span " + bytes);
            }
        } catch (ArithmeticException e) {
            throw new Defect("tensor " + name + " has the impossible shape " + shape);
        }
    }

    private static void checkCoverage(Map<String, Entry> tensors, long length) throws Defect {
        var ordered = new ArrayList<>(tensors.entrySet());
        ordered.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> tensor) -> tensor.getValue().begin())
                .thenComparingLong(tensor -> tensor.getValue().end()));
        var at = 0L;
        for (var tensor : ordered) {
            var begin = tensor.getValue().begin();
            if (begin != at) {
                throw new Defect(
                        "tensor " + tensor.getKey() + (begin < at ? " overlaps the one before" : " leaves a gap")
                                + ": it begins at " + begin + ", not " + at);
            }
            at = tensor.getValue().end();
            if (at > length) {
                throw new Defect("tensor " + tensor.getKey() + " ends at byte " + at + " of " + length
                        + ": the file is truncated or its header is wrong");
            }
        }
        if (at != length) {
            throw new Defect((length - at) + " bytes at the end belong to no tensor");
        }
    }
}
