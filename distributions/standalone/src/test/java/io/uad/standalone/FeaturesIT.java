package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.uad.api.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a matrix of features: round clouds of points, which clustering must find again. */
class FeaturesIT {
    private static final int CLOUDS = 4;
    private static final int COLUMNS = 8;
    private static final int EPOCHS = 4;
    private static final List<String> REPEATABLE =
            List.of("metrics.jsonl", "checkpoint.safetensors", "checkpoint.json", "clusters/epoch-0003.csv.gz");

    @TempDir
    static Path shared;

    private static Path matrix;
    private static Path reference;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainOnce() {
        matrix = write(shared.resolve("clouds.npy"), 400, -1);
        reference = shared.resolve("reference");
        train(matrix, reference, "--workers", 1).exits(0).says("preset features", "finished in");
    }

    @Test
    void theClustersAreTheClouds() throws IOException {
        var last = new ObjectMapper()
                .readTree(Files.readAllLines(reference.resolve("metrics.jsonl")).stream()
                        .filter(line -> line.contains("nmi-labels"))
                        .reduce((first, second) -> second)
                        .orElseThrow());
        assertTrue(last.findValue("nmi-labels").asDouble() > 0.95, last.toString());
        assertEquals(CLOUDS, last.findValue("clusters").asInt());
    }

    @Test
    void theNumberOfWorkersChangesNoByte() throws IOException {
        var again = folder.resolve("again"); // the reference has one worker
        train(matrix, again, "--workers", 4).exits(0);
        assertSame(reference, again);
    }

    @Test
    void aRunThatIsKilledGoesOnToTheSameBytes() throws Exception {
        var killed = folder.resolve("killed");
        for (var kill = 0; kill < 2; kill++) {
            var running = Uad.start(arguments(matrix, killed, "--resume"));
            var before = checkpoints(killed);
            while (running.process().isAlive() && checkpoints(killed) == before) {
                Thread.sleep(3);
            }
            running.process().destroyForcibly().waitFor();
        }
        train(matrix, killed, "--resume").exits(0);
        assertSame(reference, killed);
    }

    @Test
    void rowsThatAreNotFiniteAreNamedAndLeftOut() throws IOException {
        var run = folder.resolve("run");
        train(write(folder.resolve("holes.npy"), 100, 17), run)
                .exits(0)
                .says("left out row-17: the value in column 0 is NaN");
        assertTrue(Files.readString(run.resolve("run.json")).contains("row-17"));
    }

    @Test
    void theProbeTakesMatricesAndTheirLabels() throws IOException {
        var data = Files.createDirectory(folder.resolve("data"));
        write(data.resolve("train.npy"), 200, -1);
        write(data.resolve("val.npy"), 80, -1);
        var probe = List.of("eval", "linear", "--data", data, "--model", reference, "--conv", "input,last");
        var more = new ArrayList<Object>(probe);
        more.addAll(List.of("--epochs", 20, "--lr", 0.1, "--batch", 20, "--exp", folder.resolve("probe"), "--json"));
        var taps = new ObjectMapper()
                .readTree(Uad.run(more.toArray()).exits(0).out())
                .get("taps");
        assertEquals(COLUMNS, taps.get(0).get("features").asInt());
        assertTrue(taps.get(1).get("top1").asDouble() > 95, taps.toString());
        var crops = new ArrayList<Object>(probe);
        crops.addAll(List.of("--tencrops", "--exp", folder.resolve("crops")));
        Uad.run(crops.toArray()).exits(2).says("--tencrops: vectors have no crops");
        Files.delete(data.resolve("val.labels.txt"));
        Uad.run(more.toArray()).exits(3).says("rows of 0 classes", "val.labels.npy");
    }

    @Test
    void partsThatDoNotFitNameThoseThatDo() {
        var run = folder.resolve("run");
        Uad.run("train", matrix, "--config", "uad", "--exp", run)
                .exits(3)
                .says("clouds.npy is a file", "dataset.plugin=features");
        Uad.run("train", matrix, "--config", "uad", "--set", "dataset.plugin=features", "--exp", run)
                .exits(2)
                .says("alexnet takes square RGB images", "such as mlp");
        train(matrix, run, "--set", "image.size=64").exits(0).says("image.size", "holds vectors");
        train(matrix, folder.resolve("more"), "--k", 401).exits(2).says("400 rows", "401 rows or more");
    }

    private static Uad.Outcome train(Path matrix, Path output, Object... more) {
        return Uad.run(arguments(matrix, output, more));
    }

    private static Object[] arguments(Path matrix, Path output, Object... more) {
        var arguments = new ArrayList<Object>(List.of("train", matrix, "--exp", output, "--k", CLOUDS));
        arguments.addAll(List.of("--epochs", EPOCHS, "--batch", 32, "--checkpoints", 5));
        for (var value : List.of("backbone.hidden=[32, 16]", "reduction.components=3", "engine.threads=1")) {
            arguments.addAll(List.of("--set", value));
        }
        arguments.addAll(List.of(more));
        return arguments.toArray();
    }

    /** Points of several clouds in turn, and beside them the number of the cloud of each. */
    private static Path write(Path file, int rows, int broken) {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, COLUMNS);
        var bytes = ByteBuffer.allocate(128 + rows * COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        bytes.putShort((short) 118);
        bytes.put((header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        var centres = new Seed(1);
        var noise = new Seed(2);
        var labels = new StringBuilder();
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < COLUMNS; column++) {
                var at = row * COLUMNS + column;
                var centre = centres.gaussian(row % CLOUDS * COLUMNS + column);
                bytes.putFloat(row == broken ? Float.NaN : (float) (2 * centre + 0.3 * noise.gaussian(at)));
            }
            labels.append("cloud-").append(row % CLOUDS).append('\n');
        }
        try {
            Files.writeString(
                    file.resolveSibling(file.getFileName().toString().replace(".npy", ".labels.txt")), labels);
            return Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSame(Path expected, Path actual) throws IOException {
        for (var file : REPEATABLE) {
            assertArrayEquals(
                    Files.readAllBytes(expected.resolve(file)), Files.readAllBytes(actual.resolve(file)), file);
        }
    }

    private static long checkpoints(Path run) throws IOException {
        var checkpoints = run.resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return 0;
        }
        try (var files = Files.list(checkpoints)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .mapToLong(
                            file -> Long.parseLong(file.getFileName().toString().replaceAll("\\D", "")))
                    .max()
                    .orElse(0);
        }
    }
}
