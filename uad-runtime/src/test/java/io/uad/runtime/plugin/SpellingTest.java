package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> KNOWN = List.of("learning-rate", "momentum", "k", "gamma");

    @Test
    void insertedDroppedAndChangedLettersAreForgiven() {
        assertEquals(Optional.of("momentum"), Spelling.nearest("momemtum", KNOWN));
        assertEquals(Optional.of("momentum"), Spelling.nearest("momentm", KNOWN));
        assertEquals(Optional.of("gamma"), Spelling.nearest("gammma", KNOWN));
    }

    @Test
    void caseAndUnderscoreDoNotCount() {
        assertEquals(Optional.of("learning-rate"), Spelling.nearest("LEARNING_RATE", KNOWN));
    }

    @Test
    void shortNamesMustShareALetter() {
        assertEquals(Optional.of("k"), Spelling.nearest("kk", KNOWN));
        assertEquals(Optional.empty(), Spelling.nearest("c", KNOWN));
    }

    @Test
    void otherWordsAreNotGuessed() {
        assertEquals(Optional.empty(), Spelling.nearest("lr", KNOWN));
        assertEquals(Optional.empty(), Spelling.nearest("colour", KNOWN));
    }

    @Test
    void ofTwoEquallyNearTheFirstInTheAlphabetIsTaken() {
        assertEquals(Optional.of("bat"), Spelling.nearest("bad", List.of("bay", "bat")));
    }
}
