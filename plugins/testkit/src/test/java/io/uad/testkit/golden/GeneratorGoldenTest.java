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
        var bits = Golden.ints(file.get("bits24"));
        for (var i = 0; i < bits.length; i++) {
            assertEquals(bits[i], generator.bits(name, i));
        }
        var units = Golden.doubles(file.get("u"));
        assertArrayEquals(units, generator.unit(name, units.length));
        var tens = Golden.ints(file.get("ints_10"));
        assertArrayEquals(tens, generator.ints(name, tens.length, 10));
        var small = Golden.ints(file.get("small"));
        assertArrayEquals(small, generator.small(name, small.length));
    }

    @Test
    void floatsAreRoundedOnce() {
        assertFloats("float_bound_0.1", 0.1, 0);
        assertFloats("float_offset_1_bound_0.5", 0.5, 1);
        assertFloats("float_bound_sqrt_6_over_363", Math.sqrt(6 / 363.0), 0);
    }

    private static void assertFloats(String key, double bound, double offset) {
        var file = Golden.file("generator.json");
        var expected = Golden.doubles(file.get(key));
        var actual = Golden.generator().floats(file.get("name").asText(), expected.length, bound, offset);
        for (var i = 0; i < expected.length; i++) {
            assertEquals((float) expected[i], actual[i], key + "[" + i + "]");
        }
    }
}
