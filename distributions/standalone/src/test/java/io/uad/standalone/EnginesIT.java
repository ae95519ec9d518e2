package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines beside each other: the distribution's {@code djl}, and {@code dl4j} and {@code libtorch}, downloads of their own. */
class EnginesIT {
    @TempDir
    static Path shared;

    private static Path images;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeImages() {
        images = Images.write(shared.resolve("images"), 4, 0).resolve("train");
    }

    private static Path dl4j() throws IOException {
        return EngineZip.of("engine-dl4j");
    }

    private static Path libtorch() throws IOException {
        return EngineZip.of("engine-libtorch");
    }

    private static Object[] compare(Object... more) {
        var arguments = new ArrayList<Object>(List.of("engines", "compare"));
        arguments.addAll(Arrays.asList(more));
        for (var setting : List.of(
                "image.size=63",
                "backbone.width=0.125",
                "backbone.hidden=16",
                "clustering.k=3",
                "reduction.components=8",
                "engine.threads=1")) {
            arguments.addAll(List.of("--set", setting));
        }
        arguments.addAll(List.of("--images", 32, "--batch", 8, "--steps", 2));
        return arguments.toArray();
    }

    private static JsonNode json(Uad.Outcome outcome) throws IOException {
        return new JsonMapper().readTree(outcome.out());
    }

    @Test
    void allEnginesAgreeStageByStageOnImagesMadeForThem() throws IOException {
        var compared = json(Uad.run(compare("--plugins", dl4j(), "--plugins", libtorch(), "--json"))
                .exits(0)
                .says("engine djl", "engine dl4j", "engine libtorch"));
        assertTrue(compared.get("agrees").asBoolean());
        assertEquals(3, compared.get("engines").size());
        var stages = new HashSet<String>();
        for (var stage : compared.get("stages")) {
            assertEquals("djl", stage.get("reference").asText());
            assertTrue(stage.get("agrees").asBoolean(), stage.toString());
            stages.add(stage.get("engine").asText() + " " + stage.get("stage").asText());
        }
        assertEquals(16, stages.size(), stages.toString());
    }

    @Test
    void theFastEngineTrainsInBfloat16AndSaysSo() throws IOException {
        var run = folder.resolve("run");
        var precision = new Object[] {
            "--plugins", libtorch(), "--set", "engine.plugin=libtorch", "--set", "engine.precision=auto", "--epochs", 1
        };
        Uad.run(Images.train(images, run, precision)).exits(0).says("PyTorch 2.13.0 (JavaCPP)", "a trial took");
    }

    @Test
    void anEngineIsComparedWithAStoredTraceAndADifferenceIsFound() throws IOException {
        var trace = folder.resolve("trace");
        Uad.run(compare(images, "--engine", "djl", "--save", trace)).exits(0).says("djl");
        Uad.run(compare(images, "--engine", "djl", "--reference", trace))
                .exits(0)
                .says("All engines agree");
        Uad.run(compare(images, "--engine", "djl", "--reference", trace, "--set", "backbone.sobel=false"))
                .exits(2)
                .says("backbone.sobel was true and is now false", "--save");
        Uad.run(compare(images, "--engine", "djl", "--save", trace)).exits(2).says("exists already");
        Uad.run(compare(images, "--engine", "djl", "--reference", trace, "--set", "seed=5"))
                .exits(2)
                .says("seed was", "--save");
        Files.copy(
                trace.resolve("gradient-0.safetensors"),
                trace.resolve("parameters.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        Uad.run(compare(images, "--engine", "djl", "--reference", trace))
                .exits(1)
                .says("parameters", "DIFFERS", "do not agree");
    }

    @Test
    void whatCannotBeComparedIsOneClearError() {
        Uad.run(compare(images, "--engine", "djl", "--reference", folder))
                .exits(3)
                .says("no trace", "--save");
        Uad.run(compare(images, "--engine", "djl")).exits(2).says("nothing to compare engine/djl with");
        Uad.run(compare(images, "--engine", "dlj")).exits(2).says("dlj", "djl");
        Uad.run(compare(images, "--engine", "djl", "--save", folder.resolve("t"), "--set", "engine.device=gpu"))
                .exits(5)
                .says("device gpu:0 does not exist", "engine.device");
    }

    @Test
    void aRunGoesOnWithTheOtherEngineFromTheSameCheckpoint() throws IOException {
        var run = folder.resolve("run");
        var plugin = dl4j();
        Uad.run(Images.train(images, run, "--epochs", 1)).exits(0);
        var resumed = new Object[] {"--epochs", 2, "--resume", "--plugins", plugin, "--set", "engine.plugin=dl4j"};
        Uad.run(Images.train(images, run, resumed)).exits(2).says("engine.plugin was djl and is now dl4j");
        var allowed = Arrays.copyOf(resumed, resumed.length + 1);
        allowed[resumed.length] = "--allow-changes";
        Uad.run(Images.train(images, run, allowed))
                .exits(0)
                .says("going on although engine.plugin was djl and is now dl4j", "ND4J");
        assertEquals(
                2,
                Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                        .filter(line -> line.contains("\"nmi-previous\"") || line.contains("\"clusters\""))
                        .count());
    }

    @Test
    void theDoctorNamesEnginesWithDevicesAndMemory() throws IOException {
        var found =
                json(Uad.run("doctor", "--json", "--plugins", dl4j()).exits(0)).get("engines");
        for (var engine : List.of("djl", "dl4j")) {
            var device = found.get(engine).get("devices").get(0);
            assertEquals("cpu", device.get("name").asText());
            assertTrue(device.get("memoryBytes").asLong() > 1 << 30, device.toString());
            assertEquals("float32", found.get(engine).get("precision").asText());
        }
        Uad.runWith("PYTORCH_LIBRARY_PATH=" + folder, "engines", "list")
                .exits(5)
                .says("cannot be started", folder.toString());
    }
}
