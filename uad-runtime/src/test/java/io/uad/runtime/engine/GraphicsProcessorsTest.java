package io.uad.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphicsProcessorsTest {
    @TempDir
    Path folder;

    private GraphicsProcessors processors() {
        return new GraphicsProcessors(folder.resolve("nvidia"), folder.resolve("devices"));
    }

    private void write(String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
    }

    @Test
    void withoutAnythingThereAreNone() {
        assertEquals(List.of(), processors().found());
    }

    @Test
    void thoseThatADriverRunsHaveTheirModelAndItsVersion() throws IOException {
        write(
                "nvidia/version",
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar 5\nGCC version: 12.2.0\n");
        write("nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA H100 PCIe\nIRQ:   \t\t 45\n");
        write("nvidia/gpus/0000:02:00.0/information", "Model: \t\t NVIDIA A10\n");
        assertEquals(
                List.of("NVIDIA H100 PCIe, driver 550.54.15", "NVIDIA A10, driver 550.54.15"),
                processors().found());
    }

    @Test
    void oneOnTheBusThatNoDriverRunsIsNamedWithWhatIsMissing() throws IOException {
        write("devices/0000:01:00.0/vendor", "0x10de\n");
        write("devices/0000:01:00.0/class", "0x030200\n");
        write("devices/0000:01:00.1/vendor", "0x10de\n"); // its sound
        write("devices/0000:01:00.1/class", "0x040300\n");
        write("devices/0000:00:02.0/vendor", "0x8086\n");
        write("devices/0000:00:02.0/class", "0x030000\n");
        var found = processors().found();
        assertEquals(1, found.size(), found.toString());
        assertTrue(found.get(0).contains("0000:01:00.0") && found.get(0).contains("driver"), found.toString());
    }
}
