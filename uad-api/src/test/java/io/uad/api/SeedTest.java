package io.uad.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedTest {
    /** Box and Muller in fdlibm's functions, whose results the language fixes to the last bit. */
    @Test
    void gaussiansHaveTheSameBitsOnEveryPlatform() {
        var seed = new Seed(31);
        for (var i = 0; i < 1000; i++) {
            var radius = StrictMath.sqrt(-2 * StrictMath.log(1 - seed.uniform(2L * i)));
            assertEquals(radius * StrictMath.cos(2 * Math.PI * seed.uniform(2L * i + 1)), seed.gaussian(i));
        }
    }

    /** Of 100,000 the mean deviates by 1/316 and the variance by 1/224; both tolerances are above 4 of these. */
    @Test
    void gaussiansHaveMeanZeroAndVarianceOne() {
        var seed = new Seed(1);
        var values = IntStream.range(0, 100_000).mapToDouble(seed::gaussian).toArray();
        assertEquals(0, Arrays.stream(values).average().orElseThrow(), 0.015);
        assertEquals(
                1, Arrays.stream(values).map(value -> value * value).average().orElseThrow(), 0.02);
    }

    @Test
    void aChoiceOfAllIsAPermutation() {
        var chosen = new Seed(3).choose(50, 50);
        Arrays.sort(chosen);
        assertArrayEquals(IntStream.range(0, 50).toArray(), chosen);
    }
}
