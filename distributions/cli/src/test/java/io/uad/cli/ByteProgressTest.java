package io.uad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ByteProgressTest {
    private static final long MEBIBYTE = 1 << 20;

    private final List<String> said = new ArrayList<>();

    @Test
    void tenthsOfAKnownTotalAreSaidOnce() {
        var progress = new ByteProgress(said::add, () -> {});
        for (var done = 0; done <= 40; done++) {
            progress.update(done * MEBIBYTE, 40 * MEBIBYTE);
        }
        assertEquals(10, said.size(), said.toString());
        assertEquals("4 MiB of 40 MiB", said.get(0));
        assertEquals("40 MiB of 40 MiB", said.get(9));
    }

    @Test
    void withoutATotalEachQuarterOfAGibibyteIsSaid() {
        var progress = new ByteProgress(said::add, () -> {});
        for (var done = 0; done <= 600; done += 100) {
            progress.update(done * MEBIBYTE, 0);
        }
        assertEquals(List.of("300 MiB", "600 MiB"), said);
    }

    @Test
    void itIsWhereTheWorkStops() {
        var progress = new ByteProgress(said::add, () -> {
            throw new CancellationException();
        });
        assertThrows(CancellationException.class, () -> progress.update(1, 2));
    }
}
