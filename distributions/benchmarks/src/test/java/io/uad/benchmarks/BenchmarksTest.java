package io.uad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Seed;
import io.uad.runtime.image.ImageDecoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchmarksTest {
    private final StringWriter text = new StringWriter();

    /** 64 pixels, the fewest images and a small matrix: that it runs, not how fast. */
    @Test
    void theTrainingStepPrintsItsRatio() {
        var code = run(
                "training-step", "--sides", "64", "--batch", "2", "--classes", "3", "--rounds", "1", "--matrix", "64");
        assertEquals(0, code, text::toString);
        assertTrue(text.toString().matches("(?s).*ratio training 64 px / sgemm: \\d+\\.\\d\\d .*"), text::toString);
    }

    @Test
    void aStepThatNobodySharesPrintsItsRate() {
        var step = "joint-step --engine djl --side 64 --batch 2 --classes 3 --steps 1 --threads 1";
        assertEquals(0, run(step.split(" ")), text::toString);
        assertTrue(text.toString().matches("\\{\"value\":\\d.*}\\s*"), text::toString);
    }

    @Test
    void processesThatDoNotDivideThreadsAndBatchAreRefused() {
        assertEquals(2, run("processes", "--processes", "3"));
        assertTrue(text.toString().isEmpty(), text::toString);
    }

    @Test
    void severalProcessesKeepLargerArraysUnlessSomeoneChose() {
        var one = new HashMap<>(Map.of("MALLOC_MMAP_THRESHOLD_", "33554432"));
        Environment.ofSeveral(one);
        assertEquals(Map.of("MALLOC_MMAP_THRESHOLD_", "134217728"), one);
        var chosen = new HashMap<>(Map.of("MALLOC_MMAP_THRESHOLD_", "5"));
        Environment.ofSeveral(chosen);
        assertEquals(Map.of("MALLOC_MMAP_THRESHOLD_", "5"), chosen);
    }

    @Test
    void helpNamesTheCommands() {
        assertEquals(0, run("--help"));
        assertTrue(text.toString().contains("training-step"), text::toString);
        assertTrue(text.toString().contains("jmh"), text::toString);
    }

    @Test
    void anEnvironmentIsCompleteWithAllVariablesWhateverTheirValues() {
        var some = Map.of("OMP_WAIT_POLICY", "ACTIVE", "OPT_OUT_TRACKING", "true");
        assertFalse(Environment.isComplete(some));
        var all = new HashMap<>(some);
        all.put("GLIBC_TUNABLES", "");
        List.of("ARENA_MAX", "MMAP_THRESHOLD_", "TRIM_THRESHOLD_").forEach(name -> all.put("MALLOC_" + name, "1"));
        assertTrue(Environment.isComplete(all));
        assertTrue(Environment.text(all).startsWith("OMP_WAIT_POLICY=ACTIVE "), Environment.text(all));
    }

    @Test
    void theProcessorIsNamedWithItsVectors() {
        assertEquals("Some CPU, AVX2", Processor.name(List.of("model name\t: Some CPU", "flags\t\t: sse avx2 fma")));
    }

    @Test
    void theSyntheticPictureDecodesToItsSize() throws IOException {
        var image = new ImageDecoder(false).decode(SyntheticJpeg.of(50, 30, new Seed(1)));
        assertEquals(50, image.width());
        assertEquals(30, image.height());
    }

    @Test
    void anEngineIsNamedAsInAConfigurationAndHandedToThePiece() {
        var settings = CommandLine.populateCommand(new SideSettings(), "--engine", "LIBTORCH");
        assertEquals(List.of("--engine", "libtorch"), settings.flags().subList(0, 2));
        assertEquals(0, run("side-by-side", "--engine", "libtorch", "--list"));
        assertEquals(2, run("side-by-side", "--engine", "neither", "--list"));
    }

    private int run(String... arguments) {
        return Benchmarks.commandLine(new PrintWriter(text, true)).execute(arguments);
    }
}
