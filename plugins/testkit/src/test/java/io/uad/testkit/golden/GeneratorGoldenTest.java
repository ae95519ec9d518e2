package io.uad.testkit.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GeneratorGoldenTest {
    @Test
    void streamsEqualThoseOfTheReference() {
        var file = Golden.file("generator.json");
        var name = file.get("name").asText();
        var generator = Golden.generator();
        assertEquals(file.get("fnv1a64_hex").asText(), "%016x".formatted(GoldenGenerator.fnv(name)));
        assertEquals(file.get("fnv1a64_hex_of_e_acute").asText(), "%016x".formatted(GoldenGenerator.fnv("\u00e9")));
        assertEquals(file.get("stream_hex").asText(), "%016x".formatted(generator.stream(name)));
        assertEquals(file.get("bits24_at_1000000").asLong(), generator.bits(name, 1_000_000));
        assertArrayEquals(Golden.doubles(file.get("u")), generator.unit(name, 5));
        assertArrayEquals(Golden.ints(file.get("ints_10")), generator.ints(name, 5, 10));
        assertArrayEquals(Golden.ints(file.get("small")), generator.small(name, 5));
    }
}
