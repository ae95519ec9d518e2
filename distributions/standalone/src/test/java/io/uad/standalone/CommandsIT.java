package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands around a run, as a newcomer would try them. */
class CommandsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void helpNamesEveryCommand() {
        Uad.run("--help")
                .exits(0)
                .says("train", "eval", "import", "export", "quickstart", "plugins", "engines", "config", "doctor");
        for (var command : new String[] {"train", "quickstart", "doctor"}) {
            Uad.run(command, "--help").exits(0).says("Usage: uad " + command);
        }
        Uad.run("eval", "linear", "--help").exits(0).says("--tencrops");
    }

    @Test
    void everyFlagOfTheOriginalScriptsIsKnown() {
        Uad.run("train", "--help")
                .exits(0)
                .says("--arch", "sobel", "--clustering", "--nmb_cluster", "--k", "--lr", "--wd", "--reassign")
                .says("--workers", "--epochs", "--start_epoch", "--batch", "--momentum", "--resume", "--checkpoints")
                .says("--seed", "--exp", "--verbose");
        Uad.run("eval-linear", "--help")
                .exits(0)
                .says("--data", "--model", "--conv", "--tencrops", "--exp", "--workers", "--epochs", "--batch_size")
                .says("--lr", "--momentum", "--weight_decay", "--wd", "--seed", "--verbose");
    }

    @Test
    void pluginsAreListedAndDescribedForPeopleAndPrograms() throws IOException {
        Uad.run("plugins", "list").exits(0).says("clustering/kmeans", "clustering/pic", "engine/djl");
        var list = JSON.readTree(Uad.run("plugins", "list", "--json").exits(0).out());
        assertTrue(list.size() >= 12, list.toString());
        Uad.run("plugins", "describe", "kmeans").exits(0).says("iterations", "default 20", "plugin: kmeans");
        var described = JSON.readTree(
                Uad.run("plugins", "describe", "kmeans", "--json").exits(0).out());
        assertEquals("clustering", described.get(0).get("stage").asText());
        Uad.run("plugins", "describe", "kmaens").exits(2).says("kmeans");
    }

    @Test
    void aConfigurationIsWrittenCheckedAndShown() {
        var file = folder.resolve("my.yaml");
        Uad.run("config", "init", file).exits(0);
        Uad.run("config", "init", file).exits(2).says("--overwrite");
        Uad.run("config", "init", folder.resolve("none/my.yaml")).exits(5).says("there is no folder", "none");
        Uad.run("config", "validate", file).exits(0).says("valid", "dataset.path");
        for (var misfit : new String[] {"fusion.high.tap=nosuch", "fusion.low.channels=10000"}) {
            Uad.run("config", "validate", file, "--set", misfit).exits(2).says(misfit.split("[.=]")[2]);
        }
        Uad.run("config", "validate", "features", "--set", "fusion.low.channels=20")
                .exits(0); // of vectors that may be as long
        Uad.run("config", "show", file, "--set", "clustering.k=7").exits(0).says("k: 7");
        Uad.run("config", "validate", "quickstart").exits(0); // the others are trained with in FusionIT and FeaturesIT
    }

    @Test
    void theSchemaIsPrintedOrWritten() throws IOException {
        var file = folder.resolve("uad.schema.json");
        Uad.run("config", "schema", "-o", file).exits(0).says("# yaml-language-server: $schema=uad.schema.json");
        Uad.run("config", "schema", "-o", file).exits(2).says("--overwrite");
        var printed = JSON.readTree(Uad.run("config", "schema").exits(0).out());
        assertEquals(JSON.readTree(file.toFile()), printed);
        assertTrue(printed.at("/properties/clustering/allOf").size() >= 2, "plugins are found");
    }

    @Test
    void theDoctorKnowsTheMachineAndTheEngine() throws IOException {
        Uad.run("doctor").exits(0).says("cores", "djl", "device: ");
        var report = JSON.readTree(Uad.run("doctor", "--json").exits(0).out());
        assertTrue(report.get("engines").has("djl"), report.toString());
    }

    @Test
    void theCompletionScriptIsAScript() {
        Uad.run("completion").exits(0).says("complete -F");
    }

    @Test
    void aProbeOfSeveralTapsAndOfTheUntrainedNetwork() throws IOException {
        var images = Images.write(folder.resolve("images"), 4, 2);
        var run = folder.resolve("run");
        Uad.run(Images.train(images.resolve("train"), run)).exits(0);
        var probe = folder.resolve("probe");
        var outcome = Uad.run(
                        "eval-linear",
                        "--data",
                        images,
                        "--model",
                        run,
                        "--conv",
                        "3,pool3",
                        "--epochs",
                        2,
                        "--batch",
                        16,
                        "--exp",
                        probe,
                        "--tencrops",
                        "--json",
                        "--set",
                        "engine.threads=1")
                .exits(0);
        var taps = JSON.readTree(outcome.out()).get("taps");
        assertEquals("conv3", taps.get(0).get("tap").asText());
        assertEquals("pool3", taps.get(1).get("tap").asText());
        for (var file : new String[] {"log/prec1.conv3", "log/prec5.pool3", "log/loss_log.conv3"}) {
            assertEquals(2, Files.readAllLines(probe.resolve(file)).size(), file);
        }
        for (var file : new String[] {"best-conv3.safetensors", "checkpoint-pool3.safetensors"}) {
            assertTrue(Files.exists(probe.resolve(file)), file);
        }
        var measured = JSON.readTree(probe.resolve("run.json").toFile());
        assertEquals(run.toString(), measured.at("/model/path").asText());
        assertEquals(
                JSON.readTree(run.resolve("checkpoint.json").toFile()).get("tensorsSha256"),
                measured.at("/model/tensorsSha256"));
        assertEquals("[\"conv3\",\"pool3\"]", measured.at("/settings/taps").toString());
        assertTrue(measured.at("/settings/tenCrops").asBoolean());
        assertEquals(40, measured.at("/data/train/samples").asInt());
        assertEquals("finished", measured.at("/session/outcome").asText());
        Uad.run(
                        "eval",
                        "linear",
                        "--data",
                        images,
                        "--random",
                        "--config",
                        run.resolve("config.yaml"),
                        "--conv",
                        3,
                        "--epochs",
                        1,
                        "--exp",
                        folder.resolve("random"))
                .exits(0)
                .says("conv3");
        assertTrue(JSON.readTree(folder.resolve("random/run.json").toFile())
                .at("/model/untrained")
                .asBoolean());
    }
}
