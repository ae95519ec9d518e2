package io.uad.runtime.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Looks for pieces of messages. */
final class Messages {
    private Messages() {}

    static void assertContains(String piece, Throwable error) {
        assertContains(piece, String.valueOf(error.getMessage()));
    }

    static void assertContains(String piece, String text) {
        assertTrue(text.contains(piece), () -> "'" + piece + "' is not in: " + text);
    }
}
