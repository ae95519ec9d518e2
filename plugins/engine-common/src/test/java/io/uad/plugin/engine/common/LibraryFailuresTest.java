package io.uad.plugin.engine.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import org.junit.jupiter.api.Test;

class LibraryFailuresTest {
    private static final LibraryFailures FAILURES = new LibraryFailures("engine/some");

    @Test
    void memoryAndDevicesAreTheUsersTheRestIsOurs() {
        assertEquals(ErrorKind.RESOURCE, kind("CUDA out of memory. Tried to allocate 2 GiB"));
        assertEquals(ErrorKind.RESOURCE, kind("CUDA error: an illegal instruction"));
        assertEquals(ErrorKind.INTERNAL, kind("mat1 and mat2 shapes cannot be multiplied"));
    }

    private static ErrorKind kind(String message) {
        var failure = new IllegalStateException("outer", new RuntimeException(message + "\n at c10::Error"));
        var error = FAILURES.of("a product", FAILURES::exhausted, failure);
        assertTrue(error.toString().contains("a product failed: " + message), error.toString());
        assertFalse(error.toString().contains("c10"), error.toString());
        return error.kind();
    }

    @Test
    void theHeapIsJavas() {
        assertTrue(LibraryFailures.isOfJava(new OutOfMemoryError("Java heap space")));
        assertFalse(LibraryFailures.isOfJava(new OutOfMemoryError("Physical memory usage is too high")));
    }
}
