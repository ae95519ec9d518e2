package io.uad.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.RunFolder.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real second process that writes one checkpoint after the other until it is killed. */
class KilledProcessTest {
    private static final int KILLS = 3;

    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void name() {
        folder = root.resolve("exp");
    }

    /** What the second process runs: prints each iteration when its checkpoint is said to be safe. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            try (var run = RunFolder.open(Path.of(arguments[0]), RunFolder.Kind.RUN, Mode.RESUME)) {
                var store = run.checkpoints(2);
                for (var iteration = Long.parseLong(arguments[1]); ; iteration++) {
                    if (iteration % 3 == 0) {
                        store.writeNumbered(Checkpoints.at(iteration));
                    } else {
                        store.writeRunning(Checkpoints.at(iteration));
                    }
                    System.out.println(iteration);
                }
            }
        }
    }

    @Test
    void killedWriterLosesNoCheckpointAndHoldsNoLock() throws IOException, InterruptedException {
        var last = 0L;
        for (var kill = 0; kill < KILLS; kill++) {
            var out = folder.resolveSibling("out-" + kill);
            var process = start(last + 1, out);
            while (process.isAlive() && lastReported(out) == 0) {
                Thread.sleep(5);
            }
            var error = assertThrows(UadException.class, () -> RunFolder.open(folder, RunFolder.Kind.RUN, Mode.RESUME));
            assertEquals(ErrorKind.RESOURCE, error.kind());
            assertTrue(error.toString().contains("in use by another run"), error.toString());
            Thread.sleep(40 + 17L * kill); // some way into some write
            process.destroyForcibly().waitFor();
            last = lastReported(out);
            try (var run = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.RESUME)) {
                var found = run.checkpoints(2).newestValid(notice -> {}).orElseThrow();
                var iteration = found.manifest().position().iteration();
                assertTrue(iteration >= last, iteration + " after " + last + " was reported");
                CheckpointStoreTest.assertSame(Checkpoints.at(iteration), found);
                last = iteration;
            }
        }
    }

    /** The iteration in the last whole line; 0 if there is none yet. */
    private static long lastReported(Path out) throws IOException {
        var lines = Files.readString(out).split("\n", -1);
        return lines.length < 2 ? 0 : Long.parseLong(lines[lines.length - 2]);
    }

    private Process start(long iteration, Path out) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        Long.toString(iteration))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
