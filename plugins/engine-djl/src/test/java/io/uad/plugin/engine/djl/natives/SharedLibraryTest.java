package io.uad.plugin.engine.djl.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedLibraryTest {
    @TempDir
    Path folder;

    @Test
    void theLibrariesThatDjlBringsSayWhatTheyAre() throws IOException {
        // as readelf -d prints it of jnilib/linux-x86_64/cu128/libdjl_torch.so in pytorch-jni 2.7.1-0.36.0
        var cuda = unpacked("linux-x86_64/cu128/libdjl_torch.so");
        assertEquals("linux-x86_64", cuda.platform().toString());
        assertEquals(
                List.of("libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"),
                cuda.needed().subList(0, 5));
        assertEquals(10, cuda.needed().size());
        assertEquals(List.of(), cuda.searched());
        assertEquals(
                List.of("$ORIGIN"), unpacked("linux-x86_64/cpu/libdjl_torch.so").searched());
        assertEquals(
                "linux-aarch64",
                unpacked("linux-aarch64/cpu/libdjl_torch.so").platform().toString());
        assertEquals(
                "osx-aarch64",
                unpacked("osx-aarch64/cpu/libdjl_torch.dylib").platform().toString());
        assertEquals(
                "win-x86_64",
                unpacked("win-x86_64/cu128/djl_torch.dll").platform().toString());
    }

    @Test
    void whatIsNoLibraryIsNone() throws IOException {
        var file = folder.resolve("libtorch.so");
        for (var text : List.of("", "\177ELF", "#!/bin/sh\nexit 1\n", "MZ and then nothing of the kind")) {
            Files.writeString(file, text);
            assertTrue(SharedLibrary.read(file).isEmpty(), text);
        }
    }

    @Test
    void aLibraryThatIsCutAnywhereIsNoneOrSaysLess() throws IOException {
        var file = folder.resolve("libtorch.so");
        MadeUpNatives.library(file, MadeUpNatives.X86_64, List.of("libc10.so"), "$ORIGIN/../lib:$ORIGIN");
        var whole = SharedLibrary.read(file).orElseThrow();
        assertEquals(List.of("libc10.so"), whole.needed());
        assertEquals(List.of("$ORIGIN/../lib", "$ORIGIN"), whole.searched());
        var bytes = Files.readAllBytes(file);
        for (var length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertTrue(SharedLibrary.read(file).isEmpty(), length + " bytes");
        }
    }

    private SharedLibrary unpacked(String name) throws IOException {
        var file = folder.resolve("library");
        try (var stream = SharedLibrary.class.getClassLoader().getResourceAsStream("jnilib/" + name)) {
            Files.write(file, stream.readAllBytes());
        }
        return SharedLibrary.read(file).orElseThrow();
    }
}
