package io.uad.plugin.decoder.leptonica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import org.junit.jupiter.api.Test;

class LibraryTest {
    @Test
    void nativesThatCannotBeLoadedAreAnErrorThatSaysWhatToDo() {
        var error = Library.failed(new ExceptionInInitializerError(
                new UnsatisfiedLinkError("no jnileptonica in java.library.path\nmore")));
        assertEquals(ErrorKind.RESOURCE, error.kind());
        var message = error.toString();
        assertTrue(message.contains("no jnileptonica in java.library.path"), message);
        assertTrue(message.contains("decoder.plugin=none"), message);
        assertTrue(!message.contains("more"), message);
    }

    @Test
    void aSecondCopyInTheProcessIsNamedAsSuch() {
        var message = Library.failed(
                        new UnsatisfiedLinkError("libjnileptonica.so already loaded in another classloader"))
                .toString();
        assertTrue(message.contains("in use by another copy"), message);
    }
}
