package io.uad.plugin.engine.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadCountTest {
    @Test
    void enginesThatAreOpenAtOnceAgree() {
        var set = new ArrayList<Integer>();
        var threads = new ThreadCount(set::add);
        threads.claim(2);
        threads.claim(2);
        var error = assertThrows(UadException.class, () -> threads.claim(3));
        assertEquals(ErrorKind.CONFIG, error.kind());
        threads.release();
        threads.release();
        threads.claim(3);
        assertEquals(List.of(2, 2, 3), set);
    }
}
