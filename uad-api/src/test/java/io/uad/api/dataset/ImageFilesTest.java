package io.uad.api.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.Seed;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageFilesTest {
    /** The plain way: with the separator replaced by the smallest character, strings compare segment by segment. */
    @Test
    void pathsCompareAsIfTheSeparatorWereTheSmallestCharacter() {
        var seed = new Seed(1);
        var letters = "/!-.aB\u00e9";
        var paths = IntStream.range(0, 300).mapToObj(i -> {
            var path = new StringBuilder();
            var own = seed.derive(i);
            for (var j = 0; j < 1 + own.integer(0, 6); j++) {
                path.append(letters.charAt(own.integer(j + 1, letters.length())));
            }
            return path.toString();
        });
        var shuffled = paths.toList();
        assertEquals(
                sorted(shuffled, Comparator.comparing(path -> path.replace('/', '\0'))),
                sorted(shuffled, ImageFiles::compare));
    }

    private static List<String> sorted(List<String> paths, Comparator<String> order) {
        return paths.stream().sorted(order).toList();
    }
}
